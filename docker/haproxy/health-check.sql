-- The account and the table of HAProxy's health check; run it once on the primary. Replace '%' by the hosts of the
-- proxies. The account has no password, because HAProxy cannot send one; it reads two tables and nothing else.
create database if not exists health_check;
create table if not exists health_check.answer (text varchar(8) primary key);
insert ignore into health_check.answer values ('AGREED');
create user if not exists 'haproxy'@'%' identified with caching_sha2_password by '' with max_user_connections 10;
grant select on health_check.answer to 'haproxy'@'%';
grant select on performance_schema.replication_group_members to 'haproxy'@'%';
