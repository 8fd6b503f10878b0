// What is promised to the people of a flag that becomes an experiment, in the plainest terms. It shares no code with the
// product.

export interface People {
  users: number[];
  teams: number[];
  /** Parent of the first team. */
  organization: number;
}

/** One question: by a person, by a person for a team of theirs, or by a job for a team. */
export interface Ask {
  userId: number | null;
  teamId: number | null;
}

export type Variant = "control" | "treatment";

export interface Model {
  people: People;
  /** By user, the teams that they have joined. */
  joined: Map<number, Set<number>>;
  /** What rows say: `user:1`, `team:2`. */
  rows: Map<string, boolean>;
  state: "flag" | "draft" | "running" | "paused" | "off" | "ended";
  /** For everybody, while it is a flag. */
  everybody: boolean;
  unit: "user" | "team";
  winner: Variant | null;
  isArchived: boolean;
  /** The brake before the start and after the end. */
  isTurnedOff: boolean;
  /** What those whom the flag had selected had at the start. */
  imported: Map<string, boolean>;
  /** What others were given since. */
  given: Map<string, Variant>;
  targeted: boolean;
  traffic: number;
  weights: Record<Variant, number>;
}

export function aFlag(people: People): Model {
  return {
    people,
    joined: new Map(),
    rows: new Map(),
    state: "flag",
    everybody: false,
    unit: "user",
    winner: null,
    isArchived: false,
    isTurnedOff: false,
    imported: new Map(),
    given: new Map(),
    targeted: true,
    traffic: 100,
    weights: { control: 50, treatment: 50 },
  };
}

/** The nearest row: the person's own, else that of a team, else that of an organization. On wins within a level. */
export function saidTo({ people, joined, rows }: Model, { userId, teamId }: Ask): boolean | null {
  const own = rows.get(`user:${userId}`);
  if (userId !== null && own !== undefined) return own;
  const mine = userId === null ? null : [...(joined.get(userId) ?? [])];
  const teams = (mine ?? people.teams).filter(
    (team) => (mine !== null && teamId === null) || team === teamId,
  );
  const near = teams.map((team) => rows.get(`team:${team}`));
  const hasOrganization = teams.includes(people.teams[0] as number);
  const far = hasOrganization ? [rows.get(`team:${people.organization}`)] : [];
  for (const level of [near, far]) {
    if (level.includes(true)) return true;
    if (level.includes(false)) return false;
  }
  return null;
}

/** Who of the experiment's unit asks; null where nobody does. */
export function participantOf({ unit, joined }: Model, { userId, teamId }: Ask): string | null {
  if (unit === "user") return userId === null ? null : `user:${userId}`;
  const isTheirs = userId === null || joined.get(userId)?.has(teamId ?? 0);
  return teamId !== null && isTheirs ? `team:${teamId}` : null;
}

/** Whether the feature is on: for certain, or null where the decision table draws. */
export function promisedTo(model: Model, ask: Ask): boolean | null {
  const said = saidTo(model, ask);
  switch (model.state) {
    case "flag":
      return said ?? model.everybody;
    case "off":
      return false;
    case "draft":
    case "ended":
      if (model.isTurnedOff) return false;
      return model.winner === null ? said === true : model.winner === "treatment";
    default:
      return promisedUnderWay(model, ask, said);
  }
}

function promisedUnderWay(model: Model, ask: Ask, said: boolean | null): boolean | null {
  const participant = participantOf(model, ask);
  if (participant === null) return said === true;
  const own = ask.userId === null ? undefined : model.rows.get(`user:${ask.userId}`);
  if (model.unit === "team" && own !== undefined) return own;
  const imported = model.imported.get(participant);
  if (imported !== undefined) return imported;
  if (!model.targeted) return false;
  const given = model.given.get(participant);
  if (given !== undefined) return given === "treatment";
  if (model.state === "paused" || model.traffic === 0) return false;
  if (model.traffic < 100) return null;
  const possible = (["control", "treatment"] as const).filter((variant) => model.weights[variant] > 0);
  return possible.length === 1 ? possible[0] === "treatment" : null;
}

/** A start takes over what the flag gives at this moment. */
export function startModel(model: Model): void {
  const { users, teams, organization } = model.people;
  const asks: Ask[] =
    model.unit === "user"
      ? users.map((userId) => ({ userId, teamId: null }))
      : [...teams, organization].map((teamId) => ({ userId: null, teamId }));
  model.imported = new Map();
  for (const ask of asks) {
    const said =
      ask.teamId === organization ? (model.rows.get(`team:${organization}`) ?? null) : saidTo(model, ask);
    if (said !== null) model.imported.set(`${model.unit}:${ask.userId ?? ask.teamId}`, said);
  }
  model.state = "running";
}
