import { type Actor, Role } from '@app/access';
import { newId, SYSTEM } from '@app/platform';
import { AssociationBranch } from '@app/referral';
import type { Tables } from './course-run.js';

type BranchActor = Extract<Actor, { branchId: string }>;

let branches = 0;

/** A branch of the support association in a province, with its people. */
export async function newBranch(
  db: Tables,
  provinceCode = '15',
): Promise<{ branch: AssociationBranch; leader: BranchActor; caseWorker: BranchActor }> {
  // From the end of the names that registering begins with: Z0 to ZZ, Y0 …
  const nth = branches++;
  const trail = `${String.fromCharCode('Z'.charCodeAt(0) - Math.floor(nth / 36))}${(nth % 36).toString(36).toUpperCase()}`;
  const branch = await db.database.write(SYSTEM, (tx) =>
    tx.insert(AssociationBranch, { provinceCode, name: `شعبهٔ ${trail}`, trail, createdAt: new Date() }),
  );
  const bounds = { provinceCode, branchId: branch.id };
  return {
    branch,
    leader: { role: Role.ASSOCIATION_MANAGER, userId: newId(), ...bounds },
    caseWorker: { role: Role.CASE_WORKER, userId: newId(), ...bounds },
  };
}
