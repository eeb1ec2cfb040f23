module example.com/shop

go 1.22

require github.com/confluentinc/confluent-kafka-go/v2 v2.6.1
