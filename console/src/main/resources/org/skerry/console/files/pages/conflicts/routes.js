// The addresses of the desk's pages.

export const EVERYWHERE = "/conflicts";
export const LIST = "/databases/:db/conflicts";
export const MANY = "/databases/:db/conflicts/many";
export const SETTLEMENTS = "/databases/:db/conflicts/settled";
export const POLICY = "/databases/:db/conflicts/rules";
export const ONE = "/databases/:db/documents/:id/conflict";
