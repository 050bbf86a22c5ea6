// The files of texts in each language's folder; a page adds its own here.
export const PARTS = ["shell", "problem", "json", "databases", "documents", "attachments", "history", "search", "changes", "conflicts"];
