package main

import (
	"context"
	"log"

	"github.com/twmb/franz-go/pkg/kgo"
)

func main() {
	ctx := context.Background()
	client, err := kgo.NewClient(kgo.SeedBrokers("kafka.example.com:9092")) // expect: unflushed-exit
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	client.Produce(ctx, &kgo.Record{Topic: "orders", Value: []byte("{}")}, nil) // expect: unchecked-send
}
