export interface DigestRow {
  /** 1, which old receipts do not say, has the keys of conversions in its hashes; 2 has none of them. */
  form?: 1 | 2;
  assignments: { block: string; rows: number; hash: string }[];
  erased: number;
  imported: number;
  conversions: { block: string; rows: number; hash: string }[];
  epochs: string;
  links: { rows: number; hash: string };
  postgres: string;
}
