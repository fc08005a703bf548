import { Injectable } from '@nestjs/common';
import { type Actor, type Bounds, Places, Role } from '@app/access';
import type { Reads } from '@app/platform';
import { Institute } from '../institute/institute.entity.js';
import { Trainer } from '../trainer/trainer.entity.js';
import { Office, OfficeKind } from './office.entity.js';

/** Tells the access lib which offices, institutes and trainers an actor may invite people to. */
@Injectable()
export class TrainingPlaces extends Places {
  async within(tx: Reads, actor: Actor, { provinceCode, officeId, instituteId, trainerId }: Bounds): Promise<boolean> {
    const own = 'provinceCode' in actor ? actor.provinceCode : provinceCode;
    if (provinceCode !== null) {
      if (provinceCode !== own) return false;
      const office = officeId ? { id: officeId, kind: OfficeKind.COUNTY } : { kind: OfficeKind.PROVINCIAL };
      if (!(await tx.repo(Office).existsBy({ provinceCode, ...office }))) return false;
    }
    if (instituteId === null && trainerId === null) return true;
    // Institutes and trainers belong to counties: only their officers invite to them.
    if (actor.role !== Role.COUNTY_OFFICER) return false;
    if (instituteId && !(await tx.repo(Institute).existsBy({ id: instituteId, officeId: actor.officeId })))
      return false;
    return !trainerId || tx.repo(Trainer).existsBy({ id: trainerId, provinceCode: actor.provinceCode });
  }
}
