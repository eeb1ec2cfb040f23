package main

import (
	"context"
	"database/sql"
	"log"

	"github.com/IBM/sarama"
)

type handler struct {
	db *sql.DB
}

func (h *handler) Setup(sarama.ConsumerGroupSession) error   { return nil }
func (h *handler) Cleanup(sarama.ConsumerGroupSession) error { return nil }

func (h *handler) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case msg, ok := <-claim.Messages():
			if !ok {
				return nil
			}
			session.MarkMessage(msg, "") // expect: commit-before-processing
			if _, err := h.db.Exec("INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING", msg.Key); err != nil {
				return err
			}
		case <-session.Context().Done():
			return nil
		}
	}
}

func consume(ctx context.Context, db *sql.DB) {
	config := sarama.NewConfig()
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	group, err := sarama.NewConsumerGroup([]string{"kafka.example.com:9092"}, "billing", config) // expect: auto-commit
	if err != nil {
		log.Fatal(err)
	}
	for ctx.Err() == nil {
		if err := group.Consume(ctx, []string{"orders"}, &handler{db: db}); err != nil {
			log.Println(err)
		}
	}
}
