/** What happens to the value of a column when the person it names is erased. */
export type WhenErased =
  /** The row goes. */
  | "goes"
  /** The row stays, and the column is emptied. */
  | "emptied"
  /** It stays, for this reason. */
  | { stays: string };

export interface PersonalColumns {
  people: Readonly<Record<string, WhenErased>>;
  /** Columns that never name a person. */
  others: readonly string[];
}
