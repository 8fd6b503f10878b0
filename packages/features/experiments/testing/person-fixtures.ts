import type { PersonKey, PersonLook, PersonQuestion } from "../types/people";
import type { ExperimentRole } from "../types/roles";
import { anIdentity, createUser, type Fixture } from "./database-fixtures";

export interface Someone {
  userId: number;
  email: string;
}

/** Somebody who can sign in, with a role for experiments or without. */
export async function someoneWith(fixture: Fixture, role: ExperimentRole | null): Promise<Someone> {
  const userId = await createUser(fixture.database);
  const { email } = await fixture.database.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  if (role !== null) await fixture.module.admin.access.setRole(fixture.admin, { email, role });
  return { userId, email };
}

export function lookAt(
  fixture: Fixture,
  person: PersonKey,
  { actor = fixture.admin, ...question }: Partial<PersonQuestion> & { actor?: { userId: number } } = {},
): Promise<PersonLook> {
  return fixture.module.admin.people.look(actor, { person, search: "", show: "all", page: 1, ...question });
}

/** As a browser does it: assigned, exposed, and converted by the event that it may report. */
export async function takePart(fixture: Fixture, userId: number, slug: string, event = "clicked") {
  const { experiments } = fixture.module;
  const identity = anIdentity({ userId });
  const [answer] = await experiments.decide(identity, [{ slug }]);
  await experiments.recordExposures(identity, [{ slug }]);
  await experiments.recordConversions(identity, [{ slug, event, key: "one" }]);
  return answer?.variant ?? null;
}
