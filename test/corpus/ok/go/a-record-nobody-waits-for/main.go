package main

import (
	"context"
	"log"
	"sync"

	"github.com/twmb/franz-go/pkg/kgo"
)

func main() {
	ctx := context.Background()
	client, err := kgo.NewClient(kgo.SeedBrokers("kafka.example.com:9092"))
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	var wg sync.WaitGroup
	wg.Add(1)
	client.Produce(ctx, &kgo.Record{Topic: "orders", Value: []byte("{}")}, func(_ *kgo.Record, err error) {
		defer wg.Done()
		if err != nil {
			log.Println("not written:", err)
		}
	})
	wg.Wait()
}
