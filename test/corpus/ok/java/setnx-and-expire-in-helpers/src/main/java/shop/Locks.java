package shop;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.Transaction;

public class Locks {
    private final Jedis jedis = new Jedis("redis");

    public boolean acquire(String order) {
        return "OK".equals(jedis.set("lock:" + order, "1", SetParams.setParams().nx().ex(30)));
    }

    public long count(String user) {
        Transaction transaction = jedis.multi();
        transaction.incr("hits:" + user);
        transaction.expire("hits:" + user, 60);
        return (Long) transaction.exec().get(0);
    }

    public boolean register(Registry registry, String name) {
        return registry.setIfAbsent(name, "1");
    }
}
