package shop;

import java.time.Duration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;

public class Mailer {
    private StringRedisTemplate redisTemplate;
    private JavaMailSender mailSender;
    private JdbcTemplate jdbc;

    @KafkaListener(topics = "orders", groupId = "mailer")
    public void onOrder(String order) {
        jdbc.update("INSERT INTO mails VALUES (?) ON CONFLICT DO NOTHING", order);
    }
}
