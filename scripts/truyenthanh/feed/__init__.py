"""What a listener subscribes to and reads (feed, pages, transcripts, chapters, cover) as bytes."""
