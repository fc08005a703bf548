export enum InvitationRefusal {
  /** The link was used, has run out, or never was one. */
  INVITATION_ENDED = 'INVITATION_ENDED',
  USER_NAME_TAKEN = 'USER_NAME_TAKEN',
}

/** A4: whether a link still makes an account. */
export const invitationStands = ({ usedAt, expiresAt }: { usedAt: Date | null; expiresAt: Date }, now: Date): boolean =>
  usedAt === null && now < expiresAt;
