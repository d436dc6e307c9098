/** The traffic light protocol (FIRST, TLP 2.0), by its number; nothing where there is none. */
export const TLP = ["", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"];
/** The permissible actions protocol, by its number; nothing where there is none. */
export const PAP = ["", "PAP:CLEAR", "PAP:GREEN", "PAP:AMBER", "PAP:RED"];
