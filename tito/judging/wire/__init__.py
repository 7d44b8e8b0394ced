"""What crosses between judge and subject, and in what form: used by both, and nothing in it runs what it reads."""
