"""What a listener subscribes to and reads: feed, page, transcripts, chapters, cover. Records in, bytes out."""
