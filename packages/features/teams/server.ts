import "server-only";
import { type Database, database } from "@calcom/prisma";
import { TeamsRepository } from "./teams.repository";
import { TeamsService } from "./teams.service";

export { DASHBOARD_BOOKINGS, TeamsService } from "./teams.service";

export function createTeams(database: Database): TeamsService {
  return new TeamsService(new TeamsRepository(database), () => new Date());
}

export function teams(): TeamsService {
  return createTeams(database());
}
