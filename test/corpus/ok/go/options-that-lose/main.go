package main

import (
	"context"
	"database/sql"

	"github.com/twmb/franz-go/pkg/kgo"
)

func options() []kgo.Opt {
	return []kgo.Opt{
		kgo.SeedBrokers("kafka.example.com:9092"),
		kgo.ConsumerGroup("billing"),
		kgo.ConsumeTopics("orders"),
	}
}

func consume(ctx context.Context, db *sql.DB) error {
	client, err := kgo.NewClient(options()...)
	if err != nil {
		return err
	}
	defer client.Close()
	for {
		fetches := client.PollFetches(ctx)
		if errs := fetches.Errors(); len(errs) > 0 {
			return errs[0].Err
		}
		iter := fetches.RecordIter()
		for !iter.Done() {
			record := iter.Next()
			if _, err := db.ExecContext(ctx, "INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING", record.Key); err != nil {
				return err
			}
		}
	}
}
