import { createRoot } from 'react-dom/client';
import './app/app.css';
import { App } from './app/app.js';
import { startLanguage } from './shared/i18n/i18n.js';

await startLanguage();
createRoot(document.getElementById('root')!).render(<App />);
