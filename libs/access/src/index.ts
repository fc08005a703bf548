export { type Actor, Role } from './actor.js';
export { Allow, ANYONE, CurrentActor, SIGNED_IN } from './allow.js';
