export interface DigestRow {
  assignments: { block: string; rows: number; hash: string }[];
  erased: number;
  imported: number;
  conversions: { block: string; rows: number; hash: string }[];
  epochs: string;
  links: { rows: number; hash: string };
  postgres: string;
}
