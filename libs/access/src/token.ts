import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits that stand for a right: whoever has them has it. Only their SHA-256 is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
