"""What a listener subscribes to and reads: feed, page, transcripts, chapters, cover (records in, bytes)."""
