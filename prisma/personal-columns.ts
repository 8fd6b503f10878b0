/** What becomes of a column when the person whom it names is erased. */
export type WhenErased =
  /** The row goes. */
  | "goes"
  /** The row stays, and the column no longer names anybody. */
  | "emptied"
  /** It stays, for this reason. */
  | { stays: string };

export interface PersonalColumns {
  people: Readonly<Record<string, WhenErased>>;
  /** Columns that name nobody. */
  others: readonly string[];
}
