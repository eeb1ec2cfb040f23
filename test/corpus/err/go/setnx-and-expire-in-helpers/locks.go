package locks

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

type Locks struct {
	client *redis.Client
}

func (l *Locks) claim(ctx context.Context, key string) (bool, error) {
	return l.client.SetNX(ctx, key, "1", 0).Result() // expect: redis-setnx-expire
}

func (l *Locks) keep(ctx context.Context, key string) error {
	return l.client.Expire(ctx, key, time.Minute).Err()
}

func (l *Locks) Acquire(ctx context.Context, name string) (bool, error) {
	key := "lock:" + name
	won, err := l.claim(ctx, key)
	if err != nil || !won {
		return false, err
	}
	return true, l.keep(ctx, key)
}
