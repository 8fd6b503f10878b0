import {
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "../../experiments/testing/database-fixtures";
import { createHostIds } from "../../experiments/utils";
import type { RequireAdmin } from "../administrators";
import { createFlags, type Flags } from "../create-flags";
import type { FlagsService } from "../flags.service";
import type { FlagsAdminService } from "../flags-admin.service";
import type { People } from "./walk-model";

/** A process of its own with both features joined as the application joins them, and people of its own. */
export interface WalkWorld {
  fixture: Fixture;
  flags: FlagsService;
  flagsAdmin: FlagsAdminService;
  schedule: Flags["schedule"];
  people: People;
}

export async function aWorld(
  connectionString: string,
  requireAdmin: RequireAdmin = async (id) => ({ id: id as number }),
): Promise<WalkWorld> {
  const fixture = await createFixture(connectionString);
  const { database, module } = fixture;
  const users: number[] = [];
  for (let count = 0; count < 3; count++) users.push(await createUser(database));
  const teams = [await createTeam(database, []), await createTeam(database, [])];
  const organization = await createTeam(database, []);
  await database.prisma.team.update({ where: { id: organization }, data: { isOrganization: true } });
  await database.prisma.team.update({ where: { id: teams[0] as number }, data: { parentId: organization } });
  const { flags, admin, schedule } = createFlags({
    database,
    ids: createHostIds(),
    requireAdmin,
    former: {
      answerFlags: (...asked) => module.experiments.answerFlags(...asked),
      switchFlag: (...change) => module.admin.lifecycle.switchFlag(...change),
    },
    isAsked: true,
  });
  return { fixture, people: { users, teams, organization }, flags, flagsAdmin: admin, schedule };
}

let counter = 0;

/** A kill switch, or another flag that is on for nobody. */
export async function createFlag({ fixture, people }: WalkWorld): Promise<string> {
  const slug = `walked-${++counter}-${people.users[0]}`;
  await fixture.database.prisma.feature.create({
    data: { slug, type: counter % 2 === 0 ? "KILL_SWITCH" : "RELEASE" },
  });
  return slug;
}

/** Memberships are of the people, not of one flag. */
export async function leaveAll({ fixture, people }: WalkWorld): Promise<void> {
  await fixture.database.prisma.membership.deleteMany({ where: { userId: { in: people.users } } });
}
