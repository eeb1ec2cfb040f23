module example.com/shop

go 1.22

require github.com/twmb/franz-go v1.17.0
