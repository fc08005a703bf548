export { entities } from './entities.js';
export { migrations } from './migrations/index.js';
export { openDatabase } from './open-database.js';
export { type Adapters, adapters, embeddedDatabase, serverDatabase } from './adapters.js';
