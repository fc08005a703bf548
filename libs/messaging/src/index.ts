export { LOGIN_CODE_MINUTES, MessageChannel, MessageKind, MessageState } from './message.rules.js';
export { MessageJobs } from './message.jobs.js';
export { Messages, mobileIndex } from './messages.service.js';
export { type Delivery, Messenger, Messengers, type Outgoing, Undeliverable } from './messenger.js';
export { MessagingModule } from './messaging.module.js';
export { OutgoingMessage } from './outgoing-message.entity.js';
