package main

import (
	"context"

	"github.com/segmentio/kafka-go"
)

type publisher struct {
	writer *kafka.Writer
}

func newPublisher() *publisher {
	return &publisher{
		writer: &kafka.Writer{
			Addr:  kafka.TCP("kafka.example.com:9092"),
			Topic: "orders",
			RequiredAcks: kafka.RequireAll,
		},
	}
}

func (p *publisher) publish(ctx context.Context, key, value []byte) error {
	return p.writer.WriteMessages(ctx, kafka.Message{Key: key, Value: value})
}

func main() {
	p := newPublisher()
	if err := p.publish(context.Background(), nil, nil); err != nil {
		panic(err)
	}
}
