create table kept (value text not null);
