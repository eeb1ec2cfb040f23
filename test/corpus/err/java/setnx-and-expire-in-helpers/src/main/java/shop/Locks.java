package shop;

import redis.clients.jedis.Jedis;

public class Locks {
    private final Jedis jedis = new Jedis("redis");

    private boolean take(String key) {
        return jedis.setnx(key, "1") == 1; // expect: redis-setnx-expire
    }

    private void limit(String key) {
        jedis.expire(key, 30);
    }

    public boolean acquire(String order) {
        String lock = "lock:" + order;
        boolean taken = take(lock);
        if (taken) {
            limit(lock);
        }
        return taken;
    }
}
