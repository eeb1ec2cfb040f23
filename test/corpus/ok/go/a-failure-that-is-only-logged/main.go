package main

import (
	"database/sql"
	"log"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

const group = "billing"

func settings() *kafka.ConfigMap {
	config := &kafka.ConfigMap{
		"bootstrap.servers": "kafka.example.com:9092",
		"auto.offset.reset": "earliest",
	}
	_ = config.SetKey("group.id", group)
	_ = config.SetKey("enable.auto.commit", false)
	return config
}

func consume(db *sql.DB) error {
	consumer, err := kafka.NewConsumer(settings())
	if err != nil {
		return err
	}
	defer consumer.Close()
	if err := consumer.SubscribeTopics([]string{"orders"}, nil); err != nil {
		return err
	}
	for {
		msg, err := consumer.ReadMessage(time.Second)
		if err != nil {
			continue
		}
		if err := store(db, msg); err != nil {
			log.Println("not stored:", err)
			return err
		}
		if _, err := consumer.CommitMessage(msg); err != nil {
			return err
		}
	}
}

func store(db *sql.DB, msg *kafka.Message) error {
	_, err := db.Exec("INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING", string(msg.Key))
	return err
}
