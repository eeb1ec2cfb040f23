package main

import (
	"context"
	"database/sql"

	"github.com/segmentio/kafka-go"
)

func run(ctx context.Context, db *sql.DB) error {
	reader := kafka.NewReader(kafka.ReaderConfig{
		Brokers: []string{"kafka.example.com:9092"},
		GroupID: "billing",
		Topic:   "orders",
	})
	defer reader.Close()
	for {
		msg, err := reader.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING", msg.Key); err != nil {
			return err
		}
		if err := reader.CommitMessages(ctx, msg); err != nil {
			return err
		}
	}
}
