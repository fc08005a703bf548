import { Injectable } from '@nestjs/common';
import { type Actor, type Bounds, placePath, Places } from '@app/access';
import type { Reads } from '@app/platform';
import { Institute } from '../institute/institute.entity.js';
import { Trainer } from '../trainer/trainer.entity.js';
import { Office } from './office.entity.js';

/** Tells the access lib which offices, institutes and trainers an actor may invite people to. */
@Injectable()
export class TrainingPlaces extends Places {
  async within(tx: Reads, actor: Actor, bounds: Bounds): Promise<boolean> {
    const { provinceCode, officeId, instituteId, trainerId, branchId, traineeId } = bounds;
    // Branches lie on the other side of the wall, and are not known here: who leads one lets people into that one only.
    if (branchId && 'branchId' in actor && actor.branchId !== branchId) return false;
    if (traineeId) return false;
    if (provinceCode === null) return officeId === null && instituteId === null && trainerId === null;
    // What bounds the actor bounds everyone the actor lets in. A trainer belongs to the whole province of a county.
    if ('provinceCode' in actor && actor.provinceCode !== provinceCode) return false;
    if (officeId && 'officeId' in actor && actor.officeId !== officeId) return false;
    const path = placePath(provinceCode, officeId, instituteId);
    const there = await tx.repo<Institute | Office>(instituteId ? Institute : Office).existsBy({ path });
    return there && (!trainerId || tx.repo(Trainer).existsBy({ id: trainerId, provinceCode }));
  }
}
