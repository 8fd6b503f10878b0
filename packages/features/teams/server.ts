import "server-only";
import { database } from "@calcom/prisma";
import { TeamsRepository } from "./teams.repository";
import { TeamsService } from "./teams.service";

export { DASHBOARD_BOOKINGS, TeamsService } from "./teams.service";

export function teams(): TeamsService {
  return new TeamsService(new TeamsRepository(database()), () => new Date());
}
