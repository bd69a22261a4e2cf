-- Read models. Disposable: a replay from the event store rebuilds each of them.
create schema view;
