import type { FlagSubjectRow, Override, SubjectKind } from "../../types";

export interface SubjectListQuery {
  kind: SubjectKind;
  search: string;
  onlyOverridden: boolean;
}

export type SubjectListState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | {
      status: "ready";
      items: FlagSubjectRow[];
      /** Still the answer to an older query. */
      isOutdated: boolean;
      /** Null where everything is there. */
      more: { isLoading: boolean; hasFailed: boolean; load: () => void } | null;
    };

/** What the list shows and tells: the part of the sheet below its title. */
export interface SubjectListProps {
  query: SubjectListQuery;
  onQueryChange: (change: Partial<SubjectListQuery>) => void;
  state: SubjectListState;
  /** Null where settings of users and teams are shown alone. */
  onOverrideChange: ((subject: FlagSubjectRow, override: Override) => void) | null;
  /** Where it says all that a user or team sees, and why. */
  hrefOf?: ((subject: Pick<FlagSubjectRow, "kind" | "id">) => string) | undefined;
}
