export { MessageChannel, MessageKind, PASSWORD_MINUTES } from './message.rules.js';
export { Messages, mobileIndex, mobileIndexes } from './messages.service.js';
export { type Delivery, Messenger, Messengers, type Outgoing, Undeliverable } from './messenger.js';
export { MessagingModule } from './messaging.module.js';
export { OutgoingMessage } from './outgoing-message.entity.js';
