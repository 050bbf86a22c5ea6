// The files of texts in each language's folder; a page adds its own here.
export const PARTS = ["shell", "problem", "json", "overview", "tasks", "audit", "users", "sites", "exchange", "satellites", "config", "figures", "databases", "documents", "attachments", "history", "search", "changes", "conflicts"];
