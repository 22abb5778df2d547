// The page's words. One table for each language; both have the same keys.

import { english } from './english.js';
import { portuguese } from './portuguese.js';

const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;

export const language = asked.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en';

export const other = language === 'en'
  ? { name: 'Português', lang: 'pt-BR', query: '?lang=pt' }
  : { name: 'English', lang: 'en', query: '?lang=en' };

export const texts = language === 'en' ? english : portuguese;
