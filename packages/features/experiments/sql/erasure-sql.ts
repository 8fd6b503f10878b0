/** Where a user or a team stands in the module's own tables, and what becomes of it when they are gone. */
interface Place {
  table: string;
  column: string;
  /** Whether the row is deleted, or only loses the person's id. */
  whenErased: "goes" | "emptied";
  /** In a table that may be the host's own, which the module writes this column of, or only reads. */
  ofFlags?: "written" | "read";
}

const USERS: readonly Place[] = [
  { table: "Feature", column: "updatedBy", whenErased: "emptied", ofFlags: "written" },
  { table: "UserFeatures", column: "userId", whenErased: "goes", ofFlags: "read" },
  { table: "UserFeatures", column: "assignedBy", whenErased: "emptied", ofFlags: "read" },
  { table: "TeamFeatures", column: "assignedBy", whenErased: "emptied", ofFlags: "read" },
  { table: "ExperimentVariant", column: "userId", whenErased: "emptied" },
  { table: "VisitorLink", column: "userId", whenErased: "goes" },
  { table: "ExperimentMember", column: "userId", whenErased: "goes" },
  { table: "ExperimentMember", column: "grantedById", whenErased: "emptied" },
  { table: "ExperimentView", column: "userId", whenErased: "goes" },
  { table: "ExperimentView", column: "ownerId", whenErased: "emptied" },
  { table: "PreviewLink", column: "makerId", whenErased: "goes" },
  { table: "ScheduledFlagChange", column: "plannedBy", whenErased: "emptied" },
  { table: "ExperimentMetric", column: "ownerId", whenErased: "emptied" },
  { table: "ExperimentMetricVersion", column: "createdById", whenErased: "emptied" },
  { table: "ExperimentChecklistItem", column: "createdById", whenErased: "emptied" },
  { table: "ExperimentCheck", column: "checkedById", whenErased: "emptied" },
];

const TEAMS: readonly Place[] = [
  { table: "TeamFeatures", column: "teamId", whenErased: "goes", ofFlags: "read" },
  { table: "ExperimentVariant", column: "teamId", whenErased: "emptied" },
];

/** The host's own tables, quoted; null where foreign keys name none. */
export interface Referred {
  users: string | null;
  teams: string | null;
}

/** What foreign keys do of it. Those of flags that are the host's own are the host's to make. */
export function buildForeignKeys(
  schema: string,
  { users, teams }: Referred,
  { areFlagsOwn }: { areFlagsOwn: boolean },
): string {
  const keysTo = (to: string | null, places: readonly Place[]) =>
    to === null
      ? []
      : places
          .filter(({ ofFlags }) => areFlagsOwn || ofFlags === undefined)
          .map(
            ({ table, column, whenErased }) =>
              `ALTER TABLE ${schema}."${table}" ADD CONSTRAINT "${table}_${column}_fkey" FOREIGN KEY ("${column}")\n` +
              `  REFERENCES ${to} ON UPDATE CASCADE ON DELETE ${whenErased === "goes" ? "CASCADE" : "SET NULL"};\n`,
          );
  const keys = [...keysTo(users, USERS), ...keysTo(teams, TEAMS)];
  return keys.length === 0
    ? ""
    : `-- ─── Who is deleted is erased ────────────────────────────────────────────────\n\n${keys.join("")}\n`;
}

/** The same for a person who is `erased` in another way: the statements in the body of a function. */
export function buildForgetting(whom: "users" | "teams", { areFlagsOwn }: { areFlagsOwn: boolean }): string {
  return (whom === "users" ? USERS : TEAMS)
    .filter(({ ofFlags }) => areFlagsOwn || ofFlags !== "read")
    .map(({ table, column, whenErased }) =>
      whenErased === "goes"
        ? `  DELETE FROM "${table}" WHERE "${column}" = erased;`
        : `  UPDATE "${table}" SET "${column}" = NULL WHERE "${column}" = erased;`,
    )
    .join("\n");
}
