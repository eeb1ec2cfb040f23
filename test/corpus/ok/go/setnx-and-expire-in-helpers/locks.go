package locks

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

type Locks struct {
	client *redis.Client
}

func (l *Locks) Acquire(ctx context.Context, name string) (bool, error) {
	return l.client.SetNX(ctx, "lock:"+name, "1", 30*time.Second).Result()
}
