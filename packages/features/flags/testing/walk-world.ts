import {
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "../../experiments/testing/database-fixtures";
import { FlagOverridesRepository } from "../flag-overrides.repository";
import { FlagsRepository } from "../flags.repository";
import { FlagsAdminService, FlagsService } from "../flags.service";
import type { People } from "./walk-model";

/** A process of its own with both features joined as the application joins them, and people of its own. */
export interface WalkWorld {
  fixture: Fixture;
  flags: FlagsService;
  flagsAdmin: FlagsAdminService;
  people: People;
}

export async function aWorld(connectionString: string): Promise<WalkWorld> {
  const fixture = await createFixture(connectionString);
  const { database, module } = fixture;
  const repository = new FlagsRepository(database);
  const users: number[] = [];
  for (let count = 0; count < 3; count++) users.push(await createUser(database));
  const teams = [await createTeam(database, []), await createTeam(database, [])];
  const organization = await createTeam(database, []);
  await database.prisma.team.update({ where: { id: organization }, data: { isOrganization: true } });
  await database.prisma.team.update({ where: { id: teams[0] as number }, data: { parentId: organization } });
  return {
    fixture,
    people: { users, teams, organization },
    flags: new FlagsService(repository, module.experiments),
    flagsAdmin: new FlagsAdminService(
      repository,
      new FlagOverridesRepository(database),
      async (id) => ({ id: id as number }),
      module.admin.lifecycle,
    ),
  };
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
