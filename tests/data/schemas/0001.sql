BEGIN TRANSACTION;
CREATE TABLE activity (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	"key" VARCHAR(20) NOT NULL, 
	title JSON NOT NULL, 
	prompt JSON, 
	say JSON, 
	minutes INTEGER, 
	opened_at DATETIME, 
	closed_at DATETIME, 
	CONSTRAINT pk_activity PRIMARY KEY (id), 
	CONSTRAINT fk_activity_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_activity_event_id_position UNIQUE (event_id, position)
);
INSERT INTO "activity" VALUES(1,1,0,'welcome','{"en": "Welcome", "fr": "Accueil", "ar": "\u0627\u0644\u062a\u0631\u062d\u064a\u0628"}','{"en": "Good to have you here. Scan the code with your phone, or type the eight digits. No account and no name needed.", "fr": "Nous sommes heureux de vous voir. Balayez le code avec votre t\u00e9l\u00e9phone ou tapez les huit chiffres. Ni compte ni nom \u00e0 donner.", "ar": "\u0623\u0647\u0644\u0627\u064b \u0628\u0643\u0645. \u0627\u0645\u0633\u062d\u0648\u0627 \u0627\u0644\u0631\u0645\u0632 \u0628\u0647\u0648\u0627\u062a\u0641\u0643\u0645 \u0623\u0648 \u0627\u0643\u062a\u0628\u0648\u0627 \u0627\u0644\u0623\u0631\u0642\u0627\u0645 \u0627\u0644\u062b\u0645\u0627\u0646\u064a\u0629. \u0644\u0627 \u062d\u0627\u062c\u0629 \u0625\u0644\u0649 \u062d\u0633\u0627\u0628 \u0648\u0644\u0627 \u0625\u0644\u0649 \u0627\u0633\u0645."}','{"en": "Today we say where services fall short and what could be done, and we leave with a ranked list. Your phone is your voice. It asks for no name, and nobody is shown how you scored. If you have no phone with you, please raise your hand.", "fr": "Aujourd\u2019hui, nous disons o\u00f9 les services font d\u00e9faut et ce qu\u2019on pourrait faire, et nous repartons avec une liste class\u00e9e. Votre t\u00e9l\u00e9phone est votre voix. Il ne demande pas de nom, et personne ne voit vos notes. Si vous n\u2019avez pas de t\u00e9l\u00e9phone, levez la main.", "ar": "\u0627\u0644\u064a\u0648\u0645 \u0646\u0642\u0648\u0644 \u0623\u064a\u0646 \u062a\u0642\u0635\u0651\u0631 \u0627\u0644\u062e\u062f\u0645\u0627\u062a \u0648\u0645\u0627\u0630\u0627 \u064a\u0645\u0643\u0646 \u0641\u0639\u0644\u0647\u060c \u0648\u0646\u062e\u0631\u062c \u0628\u0642\u0627\u0626\u0645\u0629 \u0645\u0631\u062a\u0651\u0628\u0629. \u0647\u0627\u062a\u0641\u0643\u0645 \u0647\u0648 \u0635\u0648\u062a\u0643\u0645: \u0644\u0627 \u064a\u0637\u0644\u0628 \u0627\u0633\u0645\u0627\u064b\u060c \u0648\u0644\u0627 \u064a\u0638\u0647\u0631 \u0644\u0623\u062d\u062f \u0643\u064a\u0641 \u0642\u064a\u0651\u0645\u062a\u0645. \u0645\u0646 \u0644\u0627 \u064a\u062d\u0645\u0644 \u0647\u0627\u062a\u0641\u0627\u064b \u0641\u0644\u064a\u0631\u0641\u0639 \u064a\u062f\u0647 \u0645\u0646 \u0641\u0636\u0644\u0643\u0645."}',30,NULL,'2026-11-22 08:47:53.191153');
INSERT INTO "activity" VALUES(2,1,1,'collect','{"en": "Collect ideas", "fr": "Recueillir les id\u00e9es", "ar": "\u062c\u0645\u0639 \u0627\u0644\u0623\u0641\u0643\u0627\u0631"}','{"en": "Where do services fall short, what stands in the way, and what could we do? One idea at a time, in your own words and language.", "fr": "O\u00f9 les services font-ils d\u00e9faut, qu\u2019est-ce qui bloque, et que pourrions-nous faire? Une id\u00e9e \u00e0 la fois, dans vos mots et dans votre langue.", "ar": "\u0623\u064a\u0646 \u062a\u0642\u0635\u0651\u0631 \u0627\u0644\u062e\u062f\u0645\u0627\u062a\u061f \u0648\u0645\u0627 \u0627\u0644\u0630\u064a \u064a\u0639\u064a\u0642\u061f \u0648\u0645\u0627\u0630\u0627 \u064a\u0645\u0643\u0646\u0646\u0627 \u0623\u0646 \u0646\u0641\u0639\u0644\u061f \u0641\u0643\u0631\u0629 \u0648\u0627\u062d\u062f\u0629 \u0641\u064a \u0643\u0644 \u0645\u0631\u0629\u060c \u0628\u0643\u0644\u0645\u0627\u062a\u0643\u0645 \u0648\u0644\u063a\u062a\u0643\u0645."}','{"en": "Let us take ten quiet minutes first, everybody alone with their phone. Then talk at your table and add more. Please describe no client so that somebody could recognize them. If you know a figure, a report or a waiting list, add it as evidence.", "fr": "Prenons d\u2019abord dix minutes en silence, chacun avec son t\u00e9l\u00e9phone. Ensuite, parlez-en \u00e0 votre table et ajoutez d\u2019autres id\u00e9es. S\u2019il vous pla\u00eet, ne d\u00e9crivez personne de fa\u00e7on reconnaissable. Si vous connaissez un chiffre, un rapport ou une liste d\u2019attente, ajoutez-le comme preuve.", "ar": "\u0644\u0646\u0628\u062f\u0623 \u0628\u0639\u0634\u0631 \u062f\u0642\u0627\u0626\u0642 \u0647\u0627\u062f\u0626\u0629\u060c \u0643\u0644\u064c\u0651 \u0645\u0639 \u0647\u0627\u062a\u0641\u0647. \u062b\u0645 \u062a\u062d\u062f\u062b\u0648\u0627 \u0639\u0644\u0649 \u0637\u0627\u0648\u0644\u0627\u062a\u0643\u0645 \u0648\u0623\u0636\u064a\u0641\u0648\u0627 \u0627\u0644\u0645\u0632\u064a\u062f. \u0646\u0631\u062c\u0648 \u0623\u0644\u0627 \u062a\u0635\u0641\u0648\u0627 \u0623\u064a \u0645\u0633\u062a\u0641\u064a\u062f \u0628\u0637\u0631\u064a\u0642\u0629 \u062a\u0633\u0645\u062d \u0628\u0627\u0644\u062a\u0639\u0631\u0641 \u0625\u0644\u064a\u0647. \u0648\u0625\u0646 \u0643\u0646\u062a\u0645 \u062a\u0639\u0631\u0641\u0648\u0646 \u0631\u0642\u0645\u0627\u064b \u0623\u0648 \u062a\u0642\u0631\u064a\u0631\u0627\u064b \u0623\u0648 \u0642\u0627\u0626\u0645\u0629 \u0627\u0646\u062a\u0638\u0627\u0631 \u0641\u0623\u0636\u064a\u0641\u0648\u0647\u0627 \u0643\u062f\u0644\u064a\u0644."}',90,'2026-11-22 08:47:53.191177','2026-11-22 08:47:53.255374');
INSERT INTO "activity" VALUES(3,1,2,'sort','{"en": "Sort", "fr": "Trier", "ar": "\u0627\u0644\u0641\u0631\u0632"}','{"en": "We are bringing together ideas that say the same thing. Look at the wall: is your idea there?", "fr": "Nous r\u00e9unissons les id\u00e9es qui disent la m\u00eame chose. Regardez le mur\u00a0: votre id\u00e9e y est-elle?", "ar": "\u0646\u062c\u0645\u0639 \u0627\u0644\u0622\u0646 \u0627\u0644\u0623\u0641\u0643\u0627\u0631 \u0627\u0644\u062a\u064a \u062a\u0642\u0648\u0644 \u0627\u0644\u0634\u064a\u0621 \u0646\u0641\u0633\u0647. \u0627\u0646\u0638\u0631\u0648\u0627 \u0625\u0644\u0649 \u0627\u0644\u062c\u062f\u0627\u0631: \u0647\u0644 \u0641\u0643\u0631\u062a\u0643\u0645 \u0645\u0648\u062c\u0648\u062f\u0629\u061f"}','{"en": "We merge two ideas only when they say the same thing. Nothing is lost: both texts are kept, and a merge can be undone. Your phone shows where your idea went. Tell us if it is in the wrong place.", "fr": "Nous ne fusionnons deux id\u00e9es que si elles disent la m\u00eame chose. Rien ne se perd\u00a0: les deux textes sont gard\u00e9s, et une fusion peut \u00eatre annul\u00e9e. Votre t\u00e9l\u00e9phone montre o\u00f9 est all\u00e9e votre id\u00e9e. Dites-nous si elle n\u2019est pas au bon endroit.", "ar": "\u0644\u0627 \u0646\u062f\u0645\u062c \u0641\u0643\u0631\u062a\u064a\u0646 \u0625\u0644\u0627 \u0625\u0630\u0627 \u0642\u0627\u0644\u062a\u0627 \u0627\u0644\u0634\u064a\u0621 \u0646\u0641\u0633\u0647. \u0644\u0627 \u064a\u0636\u064a\u0639 \u0634\u064a\u0621: \u064a\u064f\u062d\u0641\u0638 \u0627\u0644\u0646\u0635\u0651\u0627\u0646 \u0648\u064a\u0645\u0643\u0646 \u0627\u0644\u062a\u0631\u0627\u062c\u0639 \u0639\u0646 \u0627\u0644\u062f\u0645\u062c. \u064a\u0639\u0631\u0636 \u0647\u0627\u062a\u0641\u0643\u0645 \u0625\u0644\u0649 \u0623\u064a\u0646 \u0627\u0646\u062a\u0642\u0644\u062a \u0641\u0643\u0631\u062a\u0643\u0645. \u0623\u062e\u0628\u0631\u0648\u0646\u0627 \u0625\u0646 \u0643\u0627\u0646\u062a \u0641\u064a \u063a\u064a\u0631 \u0645\u0643\u0627\u0646\u0647\u0627."}',60,'2026-11-22 08:47:53.255392','2026-11-22 08:47:53.272589');
INSERT INTO "activity" VALUES(4,1,3,'score','{"en": "Score", "fr": "Noter", "ar": "\u0627\u0644\u062a\u0642\u064a\u064a\u0645"}','{"en": "Score each idea on the ten criteria. Not sure? Press \u201c?\u201d: it does not count as a low score. You can stop at any time.", "fr": "Notez chaque id\u00e9e selon les dix crit\u00e8res. Vous h\u00e9sitez? Appuyez sur \u00ab\u00a0?\u00a0\u00bb\u00a0: cela ne compte pas comme une note basse. Vous pouvez arr\u00eater \u00e0 tout moment.", "ar": "\u0642\u064a\u0651\u0645\u0648\u0627 \u0643\u0644 \u0641\u0643\u0631\u0629 \u0648\u0641\u0642 \u0627\u0644\u0645\u0639\u0627\u064a\u064a\u0631 \u0627\u0644\u0639\u0634\u0631\u0629. \u063a\u064a\u0631 \u0645\u062a\u0623\u0643\u062f\u064a\u0646\u061f \u0627\u0636\u063a\u0637\u0648\u0627 \u00ab\u061f\u00bb: \u0641\u0647\u064a \u0644\u0627 \u062a\u064f\u062d\u0633\u0628 \u062f\u0631\u062c\u0629 \u0645\u0646\u062e\u0641\u0636\u0629. \u064a\u0645\u0643\u0646\u0643\u0645 \u0627\u0644\u062a\u0648\u0642\u0641 \u0641\u064a \u0623\u064a \u0648\u0642\u062a."}','{"en": "Every tap is saved by itself, so whatever you finish counts. If you have a stake in an idea, press \u201cI have a stake\u201d and your scores for it no longer count. Nobody sees results until scoring is closed, and that includes me.", "fr": "Chaque r\u00e9ponse est enregistr\u00e9e s\u00e9par\u00e9ment\u00a0: tout ce que vous faites compte. Si vous avez un int\u00e9r\u00eat dans une id\u00e9e, appuyez sur \u00ab\u00a0J\u2019ai un int\u00e9r\u00eat\u00a0\u00bb et vos notes pour elle ne comptent plus. Personne ne voit les r\u00e9sultats avant la fin de la notation, moi non plus.", "ar": "\u0643\u0644 \u0644\u0645\u0633\u0629 \u062a\u064f\u062d\u0641\u0638 \u0648\u062d\u062f\u0647\u0627\u060c \u0641\u0643\u0644 \u0645\u0627 \u062a\u0646\u062c\u0632\u0648\u0646\u0647 \u0645\u062d\u0633\u0648\u0628. \u0625\u0646 \u0643\u0627\u0646\u062a \u0644\u0643\u0645 \u0645\u0635\u0644\u062d\u0629 \u0641\u064a \u0641\u0643\u0631\u0629 \u0641\u0627\u0636\u063a\u0637\u0648\u0627 \u00ab\u0644\u064a \u0645\u0635\u0644\u062d\u0629\u00bb \u0641\u0644\u0627 \u062a\u064f\u062d\u0633\u0628 \u062f\u0631\u062c\u0627\u062a\u0643\u0645 \u0644\u0647\u0627. \u0644\u0627 \u064a\u0631\u0649 \u0623\u062d\u062f \u0627\u0644\u0646\u062a\u0627\u0626\u062c \u0642\u0628\u0644 \u0625\u063a\u0644\u0627\u0642 \u0627\u0644\u062a\u0642\u064a\u064a\u0645\u060c \u0648\u0644\u0627 \u0623\u0646\u0627."}',60,'2026-11-22 08:47:53.272606','2026-11-22 08:47:53.288055');
INSERT INTO "activity" VALUES(5,1,4,'reveal','{"en": "Results", "fr": "R\u00e9sultats", "ar": "\u0627\u0644\u0646\u062a\u0627\u0626\u062c"}','{"en": "This is what we said together. What surprises you?", "fr": "Voici ce que nous avons dit ensemble. Qu\u2019est-ce qui vous surprend?", "ar": "\u0647\u0630\u0627 \u0645\u0627 \u0642\u0644\u0646\u0627\u0647 \u0645\u0639\u0627\u064b. \u0645\u0627 \u0627\u0644\u0630\u064a \u064a\u0641\u0627\u062c\u0626\u0643\u0645\u061f"}','{"en": "Scores help a decision; they are not the decision. Ideas with nearly the same number are nearly equal. Let us first look, then ask what surprises us, then ask what we would miss if we only looked at the top.", "fr": "Les notes aident \u00e0 d\u00e9cider; elles ne d\u00e9cident pas. Des id\u00e9es dont les chiffres se touchent sont presque \u00e0 \u00e9galit\u00e9. Regardons d\u2019abord, puis disons ce qui nous surprend, puis demandons-nous ce que nous perdrions \u00e0 ne voir que le haut de la liste.", "ar": "\u0627\u0644\u062f\u0631\u062c\u0627\u062a \u062a\u0633\u0627\u0639\u062f \u0639\u0644\u0649 \u0627\u0644\u0642\u0631\u0627\u0631 \u0648\u0644\u064a\u0633\u062a \u0647\u064a \u0627\u0644\u0642\u0631\u0627\u0631. \u0648\u0627\u0644\u0623\u0641\u0643\u0627\u0631 \u0627\u0644\u0645\u062a\u0642\u0627\u0631\u0628\u0629 \u0641\u064a \u0627\u0644\u0631\u0642\u0645 \u062a\u0643\u0627\u062f \u062a\u062a\u0633\u0627\u0648\u0649. \u0644\u0646\u0646\u0638\u0631 \u0623\u0648\u0644\u0627\u064b\u060c \u062b\u0645 \u0644\u0646\u0642\u0644 \u0645\u0627 \u064a\u0641\u0627\u062c\u0626\u0646\u0627\u060c \u062b\u0645 \u0644\u0646\u0633\u0623\u0644 \u0645\u0627\u0630\u0627 \u064a\u0641\u0648\u062a\u0646\u0627 \u0644\u0648 \u0646\u0638\u0631\u0646\u0627 \u0625\u0644\u0649 \u0623\u0639\u0644\u0649 \u0627\u0644\u0642\u0627\u0626\u0645\u0629 \u0641\u0642\u0637."}',60,'2026-11-22 08:47:53.292172',NULL);
INSERT INTO "activity" VALUES(6,1,5,'wrap_up','{"en": "Wrap-up", "fr": "Conclusion", "ar": "\u0627\u0644\u062e\u062a\u0627\u0645"}','{"en": "Thank you. Here is what happens next, and when you will hear from us.", "fr": "Merci. Voici la suite, et quand vous aurez de nos nouvelles.", "ar": "\u0634\u0643\u0631\u0627\u064b \u0644\u0643\u0645. \u0625\u0644\u064a\u0643\u0645 \u0645\u0627 \u0633\u064a\u062d\u062f\u062b \u0628\u0639\u062f \u0630\u0644\u0643 \u0648\u0645\u062a\u0649 \u0633\u062a\u0633\u0645\u0639\u0648\u0646 \u0645\u0646\u0627."}','{"en": "Thank you for your time and your honesty. This list goes into our planning and may inform a Call for Proposals. You can find the results again with the same code. We will tell you what became of them.", "fr": "Merci pour votre temps et votre franchise. Cette liste servira \u00e0 notre planification et pourrait orienter un appel de propositions. Le m\u00eame code vous ram\u00e8ne aux r\u00e9sultats. Nous vous dirons ce qu\u2019ils sont devenus.", "ar": "\u0634\u0643\u0631\u0627\u064b \u0644\u0648\u0642\u062a\u0643\u0645 \u0648\u0635\u0631\u0627\u062d\u062a\u0643\u0645. \u0633\u062a\u062f\u062e\u0644 \u0647\u0630\u0647 \u0627\u0644\u0642\u0627\u0626\u0645\u0629 \u0641\u064a \u062e\u0637\u062a\u0646\u0627 \u0648\u0642\u062f \u062a\u0633\u0647\u0645 \u0641\u064a \u062f\u0639\u0648\u0629 \u0644\u062a\u0642\u062f\u064a\u0645 \u0627\u0644\u0645\u0642\u062a\u0631\u062d\u0627\u062a. \u064a\u0645\u0643\u0646\u0643\u0645 \u0627\u0644\u0639\u0648\u062f\u0629 \u0625\u0644\u0649 \u0627\u0644\u0646\u062a\u0627\u0626\u062c \u0628\u0627\u0644\u0631\u0645\u0632 \u0646\u0641\u0633\u0647\u060c \u0648\u0633\u0646\u062e\u0628\u0631\u0643\u0645 \u0628\u0645\u0627 \u0622\u0644\u062a \u0625\u0644\u064a\u0647."}',30,NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE ballot (
	id VARCHAR(22) NOT NULL, 
	event_id INTEGER NOT NULL, 
	link VARCHAR(64) NOT NULL, 
	group_id INTEGER, 
	community_id INTEGER, 
	channel VARCHAR(12) NOT NULL, 
	seq INTEGER NOT NULL, 
	is_finished BOOLEAN NOT NULL, 
	CONSTRAINT pk_ballot PRIMARY KEY (id), 
	CONSTRAINT ck_ballot_channel CHECK (channel in ('phone', 'remote', 'scribe', 'paper', 'rehearsal')), 
	CONSTRAINT fk_ballot_community_id_term FOREIGN KEY(community_id) REFERENCES term (id), 
	CONSTRAINT fk_ballot_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ballot_group_id_term FOREIGN KEY(group_id) REFERENCES term (id), 
	CONSTRAINT uq_ballot_link UNIQUE (link)
)
 WITHOUT ROWID

;
INSERT INTO "ballot" VALUES('-0fD0ondhp7wOwmZ6e-PXg',1,'8a4cf45c4117bc584030ba9bac4e7d2c09b471775dd3e42f37369a98723ac3e5',1,NULL,'phone',9,0);
INSERT INTO "ballot" VALUES('04dDjTlm6UND168DfcuNMA',1,'1071f588cfa82c4cd9524f220a74658f012066afd75c53167bb5ef0e68b5c481',NULL,NULL,'phone',9,0);
INSERT INTO "ballot" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',1,'9a12a527b9eda3e2071c18f7435833809d638fdd9c478090c9fb627f8fa5c41a',1,NULL,'phone',9,0);
INSERT INTO "ballot" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',1,'6c016978bdd4609f3b95c648fdfb3dde0ddd2bee4d53c0d727265b571597255e',NULL,NULL,'phone',9,0);
INSERT INTO "ballot" VALUES('SNTmlgRdVPzfhrOmEoqYUA',1,'6b1f64947658294616b7681c88f1c697ee1799cdd1ec8eca338935729efbbb7f',1,NULL,'phone',9,0);
INSERT INTO "ballot" VALUES('h_gYp--do4d2woU_ZBHX0w',1,'fb1b8ccd3b6f2b2671a2685b0d0da8f25ef9a0657d5d40338d7f4a795e1cd0a3',NULL,NULL,'phone',9,0);
CREATE TABLE capability (
	id INTEGER NOT NULL, 
	public_id VARCHAR(22) NOT NULL, 
	event_id INTEGER NOT NULL, 
	role VARCHAR(12) NOT NULL, 
	label VARCHAR(80) NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	CONSTRAINT pk_capability PRIMARY KEY (id), 
	CONSTRAINT ck_capability_role CHECK (role in ('host', 'observer', 'board')), 
	CONSTRAINT fk_capability_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_capability_public_id UNIQUE (public_id), 
	CONSTRAINT uq_capability_token UNIQUE (token)
);
CREATE TABLE criterion (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	code VARCHAR(8) NOT NULL, 
	position INTEGER NOT NULL, 
	label JSON NOT NULL, 
	statement JSON NOT NULL, 
	helper JSON NOT NULL, 
	levels JSON NOT NULL, 
	weight VARCHAR(20) NOT NULL, 
	lower_is_better BOOLEAN NOT NULL, 
	evidence_expected BOOLEAN NOT NULL, 
	CONSTRAINT pk_criterion PRIMARY KEY (id), 
	CONSTRAINT ck_criterion_weight CHECK (weight >= 0), 
	CONSTRAINT fk_criterion_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_criterion_event_id_code UNIQUE (event_id, code)
);
INSERT INTO "criterion" VALUES(1,1,'A',0,'{"en": "Need"}','{"en": "How about Need?"}','{"en": "In plain words"}','[{"value": "1", "label": {"en": "level 1", "fr": "niveau 1"}}, {"value": "2", "label": {"en": "level 2", "fr": "niveau 2"}}, {"value": "3", "label": {"en": "level 3", "fr": "niveau 3"}}, {"value": "4", "label": {"en": "level 4", "fr": "niveau 4"}}, {"value": "5", "label": {"en": "level 5", "fr": "niveau 5"}}]','2',0,1);
INSERT INTO "criterion" VALUES(2,1,'B',1,'{"en": "Cost"}','{"en": "How about Cost?"}','{"en": "In plain words"}','[{"value": "0", "label": {"en": "level 0", "fr": "niveau 0"}}, {"value": "1", "label": {"en": "level 1", "fr": "niveau 1"}}, {"value": "2", "label": {"en": "level 2", "fr": "niveau 2"}}, {"value": "3", "label": {"en": "level 3", "fr": "niveau 3"}}]','0.5',1,0);
INSERT INTO "criterion" VALUES(3,1,'C',2,'{"en": "Doable"}','{"en": "How about Doable?"}','{"en": "In plain words"}','[{"value": "0", "label": {"en": "level 0", "fr": "niveau 0"}}, {"value": "0.5", "label": {"en": "level 0.5", "fr": "niveau 0.5"}}, {"value": "1", "label": {"en": "level 1", "fr": "niveau 1"}}]','1',0,0);
CREATE TABLE event (
	id INTEGER NOT NULL, 
	code VARCHAR(8) NOT NULL, 
	preset VARCHAR(60) NOT NULL, 
	title JSON NOT NULL, 
	language VARCHAR(12) NOT NULL, 
	languages JSON NOT NULL, 
	board_language VARCHAR(12) NOT NULL, 
	time_zone VARCHAR(60) NOT NULL, 
	starts_on DATE NOT NULL, 
	place VARCHAR(200) NOT NULL, 
	notice JSON NOT NULL, 
	secrecy JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	"key" BLOB, 
	door VARCHAR(8) NOT NULL, 
	moderation VARCHAR(16) NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	scoring_opened_at DATETIME, 
	revealed_at DATETIME, 
	closing_hash VARCHAR(64) NOT NULL, 
	round INTEGER NOT NULL, 
	timer_ends_at DATETIME, 
	board_view VARCHAR(12), 
	is_board_blank BOOLEAN NOT NULL, 
	is_qr_big BOOLEAN NOT NULL, 
	replays INTEGER NOT NULL, 
	n_min INTEGER NOT NULL, 
	top INTEGER NOT NULL, 
	k_board INTEGER NOT NULL, 
	k_export INTEGER NOT NULL, 
	announces_ballots BOOLEAN NOT NULL, 
	is_rehearsal BOOLEAN NOT NULL, 
	rehearsal_pass VARCHAR(64), 
	revision INTEGER NOT NULL, 
	log_head VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT ck_event_door CHECK (door in ('closed', 'open', 'locked')), 
	CONSTRAINT ck_event_moderation CHECK (moderation in ('approve-first', 'show-at-once')), 
	CONSTRAINT uq_event_code UNIQUE (code)
);
INSERT INTO "event" VALUES(1,'78204995','ircc-planning-day','{"en": "Planning day of the released schema"}','en','["en", "fr", "ar"]','en','America/Toronto','2026-11-22','','{"en": "What we collect. The ideas you send, the scores you give and, if you choose to tell us, your group, your community and your organization. We do not ask for your name, e-mail or phone number.\n\nWhy. The organizers of this day collect it under their mandate to plan settlement services in Windsor-Essex and Chatham-Kent. It is used to rank the ideas, to write the report, and to inform a Call for Proposals. Taking part is your choice, and you may skip any question or stop at any time.\n\nWho could find out. Nobody is shown who gave which score, the facilitator included. Until the event is archived, the operator of the server could link your answers to your phone. If a scribe types for you, the scribe sees your answers. Ideas appear without names, but your own words may give you away: please do not name yourself or a client.\n\nHow long. Your answers are kept for one year, unless the organizers tell you another date. After that, whatever ties them to a phone is destroyed; the results stay.\n\nQuestions. \u2014", "fr": "Ce que nous recueillons. Les id\u00e9es que vous envoyez, les notes que vous donnez et, si vous voulez bien nous le dire, votre groupe, votre communaut\u00e9 et votre organisme. Nous ne demandons ni nom, ni courriel, ni num\u00e9ro de t\u00e9l\u00e9phone.\n\nPourquoi. Les organisateurs de la journ\u00e9e recueillent ces renseignements dans le cadre de leur mandat de planification des services d\u2019\u00e9tablissement \u00e0 Windsor-Essex et \u00e0 Chatham-Kent. Ils servent \u00e0 classer les id\u00e9es, \u00e0 r\u00e9diger le rapport et \u00e0 pr\u00e9parer un appel de propositions. Vous participez librement\u00a0: vous pouvez passer une question ou vous arr\u00eater \u00e0 tout moment.\n\nQui pourrait savoir. Personne ne voit qui a donn\u00e9 quelle note, pas m\u00eame la personne qui anime. Jusqu\u2019\u00e0 l\u2019archivage de l\u2019\u00e9v\u00e9nement, l\u2019exploitant du serveur pourrait relier vos r\u00e9ponses \u00e0 votre t\u00e9l\u00e9phone. Si un ou une scribe \u00e9crit pour vous, cette personne voit vos r\u00e9ponses. Les id\u00e9es sont affich\u00e9es sans nom, mais vos propres mots peuvent vous trahir\u00a0: s\u2019il vous pla\u00eet, ne vous nommez pas et ne nommez aucun client ni aucune cliente.\n\nCombien de temps. Vos r\u00e9ponses sont conserv\u00e9es pendant un an, sauf si les organisateurs vous annoncent une autre date. Ensuite, tout ce qui les relie \u00e0 un t\u00e9l\u00e9phone est d\u00e9truit; les r\u00e9sultats demeurent.\n\nQuestions. \u2014", "ar": "\u0645\u0627\u0630\u0627 \u0646\u062c\u0645\u0639. \u0627\u0644\u0623\u0641\u0643\u0627\u0631 \u0627\u0644\u062a\u064a \u062a\u0631\u0633\u0644\u0648\u0646\u0647\u0627\u060c \u0648\u0627\u0644\u062f\u0631\u062c\u0627\u062a \u0627\u0644\u062a\u064a \u062a\u0639\u0637\u0648\u0646\u0647\u0627\u060c \u0648\u0643\u0630\u0644\u0643 \u0641\u0626\u062a\u0643\u0645 \u0648\u0645\u062c\u062a\u0645\u0639\u0643\u0645 \u0627\u0644\u0645\u062d\u0644\u064a \u0648\u0645\u0646\u0638\u0645\u062a\u0643\u0645 \u0625\u0646 \u0631\u063a\u0628\u062a\u0645 \u0641\u064a \u0630\u0643\u0631\u0647\u0627. \u0644\u0627 \u0646\u0637\u0644\u0628 \u0627\u0633\u0645\u0627\u064b \u0648\u0644\u0627 \u0628\u0631\u064a\u062f\u0627\u064b \u0625\u0644\u0643\u062a\u0631\u0648\u0646\u064a\u0627\u064b \u0648\u0644\u0627 \u0631\u0642\u0645 \u0647\u0627\u062a\u0641.\n\n\u0644\u0645\u0627\u0630\u0627. \u064a\u062c\u0645\u0639 \u0645\u0646\u0638\u0645\u0648 \u0647\u0630\u0627 \u0627\u0644\u064a\u0648\u0645 \u0647\u0630\u0647 \u0627\u0644\u0645\u0639\u0644\u0648\u0645\u0627\u062a \u0641\u064a \u0625\u0637\u0627\u0631 \u0645\u0647\u0645\u062a\u0647\u0645 \u0641\u064a \u062a\u062e\u0637\u064a\u0637 \u062e\u062f\u0645\u0627\u062a \u0627\u0644\u0627\u0633\u062a\u0642\u0631\u0627\u0631 \u0641\u064a \u0648\u0646\u062f\u0633\u0648\u0631-\u0625\u0633\u064a\u0643\u0633 \u0648\u062a\u0634\u0627\u062a\u0627\u0645-\u0643\u0646\u062a. \u0648\u062a\u064f\u0633\u062a\u062e\u062f\u0645 \u0644\u062a\u0631\u062a\u064a\u0628 \u0627\u0644\u0623\u0641\u0643\u0627\u0631 \u0648\u0643\u062a\u0627\u0628\u0629 \u0627\u0644\u062a\u0642\u0631\u064a\u0631 \u0648\u0627\u0644\u0625\u0639\u062f\u0627\u062f \u0644\u062f\u0639\u0648\u0629 \u0644\u062a\u0642\u062f\u064a\u0645 \u0627\u0644\u0645\u0642\u062a\u0631\u062d\u0627\u062a. \u0627\u0644\u0645\u0634\u0627\u0631\u0643\u0629 \u0627\u062e\u062a\u064a\u0627\u0631\u064a\u0629\u060c \u0648\u064a\u0645\u0643\u0646\u0643\u0645 \u062a\u062c\u0627\u0648\u0632 \u0623\u064a \u0633\u0624\u0627\u0644 \u0623\u0648 \u0627\u0644\u062a\u0648\u0642\u0641 \u0641\u064a \u0623\u064a \u0648\u0642\u062a.\n\n\u0645\u0646 \u064a\u0645\u0643\u0646\u0647 \u0623\u0646 \u064a\u0639\u0631\u0641. \u0644\u0627 \u064a\u0638\u0647\u0631 \u0644\u0623\u062d\u062f \u0645\u0646 \u0623\u0639\u0637\u0649 \u0623\u064a \u062f\u0631\u062c\u0629\u060c \u0648\u0644\u0627 \u062d\u062a\u0649 \u0644\u0644\u0645\u064a\u0633\u0651\u0631. \u0648\u0625\u0644\u0649 \u0623\u0646 \u064a\u064f\u0624\u0631\u0634\u0641 \u0627\u0644\u0644\u0642\u0627\u0621\u060c \u064a\u0633\u062a\u0637\u064a\u0639 \u0645\u0634\u063a\u0651\u0644 \u0627\u0644\u062e\u0627\u062f\u0645 \u0623\u0646 \u064a\u0631\u0628\u0637 \u0625\u062c\u0627\u0628\u0627\u062a\u0643\u0645 \u0628\u0647\u0627\u062a\u0641\u0643\u0645. \u0648\u0625\u0630\u0627 \u0643\u062a\u0628 \u0623\u062d\u062f \u0627\u0644\u0645\u062f\u0648\u0651\u0646\u064a\u0646 \u0646\u064a\u0627\u0628\u0629 \u0639\u0646\u0643\u0645 \u0641\u0625\u0646\u0647 \u064a\u0631\u0649 \u0625\u062c\u0627\u0628\u0627\u062a\u0643\u0645. \u062a\u0638\u0647\u0631 \u0627\u0644\u0623\u0641\u0643\u0627\u0631 \u0628\u0644\u0627 \u0623\u0633\u0645\u0627\u0621\u060c \u0644\u0643\u0646 \u0643\u0644\u0645\u0627\u062a\u0643\u0645 \u0642\u062f \u062a\u062f\u0644 \u0639\u0644\u064a\u0643\u0645: \u0646\u0631\u062c\u0648 \u0623\u0644\u0627 \u062a\u0630\u0643\u0631\u0648\u0627 \u0623\u0633\u0645\u0627\u0621\u0643\u0645 \u0648\u0644\u0627 \u0627\u0633\u0645 \u0623\u064a \u0645\u0633\u062a\u0641\u064a\u062f.\n\n\u0625\u0644\u0649 \u0645\u062a\u0649. \u062a\u064f\u062d\u0641\u0638 \u0625\u062c\u0627\u0628\u0627\u062a\u0643\u0645 \u0645\u062f\u0629 \u0633\u0646\u0629 \u0648\u0627\u062d\u062f\u0629\u060c \u0645\u0627 \u0644\u0645 \u064a\u0639\u0644\u0646 \u0627\u0644\u0645\u0646\u0638\u0645\u0648\u0646 \u062a\u0627\u0631\u064a\u062e\u0627\u064b \u0622\u062e\u0631. \u0648\u0628\u0639\u062f \u0630\u0644\u0643 \u064a\u064f\u062a\u0644\u0641 \u0643\u0644 \u0645\u0627 \u064a\u0631\u0628\u0637\u0647\u0627 \u0628\u0623\u064a \u0647\u0627\u062a\u0641\u060c \u0648\u062a\u0628\u0642\u0649 \u0627\u0644\u0646\u062a\u0627\u0626\u062c.\n\n\u0644\u0644\u0623\u0633\u0626\u0644\u0629. \u2014"}','{"en": "Nobody is shown who gave which score, the facilitator included; only the operator of the server (until the archive) or a scribe who types for you could find out.", "fr": "Personne ne voit qui a donn\u00e9 quelle note, pas m\u00eame la personne qui anime; seuls l\u2019exploitant du serveur (jusqu\u2019\u00e0 l\u2019archivage) ou un ou une scribe qui \u00e9crit pour vous pourraient le savoir.", "ar": "\u0644\u0627 \u064a\u0638\u0647\u0631 \u0644\u0623\u062d\u062f \u0645\u0646 \u0623\u0639\u0637\u0649 \u0623\u064a \u062f\u0631\u062c\u0629\u060c \u0648\u0644\u0627 \u062d\u062a\u0649 \u0644\u0644\u0645\u064a\u0633\u0651\u0631\u061b \u0648\u0644\u0627 \u064a\u0645\u0643\u0646 \u0623\u0646 \u064a\u0639\u0631\u0641 \u0630\u0644\u0643 \u0625\u0644\u0627 \u0645\u0634\u063a\u0651\u0644 \u0627\u0644\u062e\u0627\u062f\u0645 (\u0625\u0644\u0649 \u062d\u064a\u0646 \u0627\u0644\u0623\u0631\u0634\u0641\u0629) \u0623\u0648 \u0645\u062f\u0648\u0651\u0646 \u064a\u0643\u062a\u0628 \u0646\u064a\u0627\u0628\u0629 \u0639\u0646\u0643\u0645."}','2026-11-22 08:47:53.148049',X'253E53B95FBDA12B63100F8A560089BD05C1A09E7F06FE0A74085E4584EC162A','open','show-at-once',4,7,'2026-11-22 08:47:53.262282','2026-11-22 08:47:53.295824','1d358f7de8d609e0d2ac657b6040170121b66af4a9a94dd2e361abcc892d0420',1,NULL,NULL,0,0,0,5,10,5,10,0,0,NULL,22,'5f164f51bfb8084d57de75d73d85e93786e77eac80fea550cb07c4e6ec57fa21');
CREATE TABLE evidence (
	id INTEGER NOT NULL, 
	public_id VARCHAR(22) NOT NULL, 
	idea_id INTEGER NOT NULL, 
	type_id INTEGER NOT NULL, 
	text VARCHAR(2400) NOT NULL, 
	link VARCHAR(500) NOT NULL, 
	CONSTRAINT pk_evidence PRIMARY KEY (id), 
	CONSTRAINT fk_evidence_idea_id_idea FOREIGN KEY(idea_id) REFERENCES idea (id) ON DELETE CASCADE, 
	CONSTRAINT fk_evidence_type_id_term FOREIGN KEY(type_id) REFERENCES term (id), 
	CONSTRAINT uq_evidence_public_id UNIQUE (public_id)
);
INSERT INTO "evidence" VALUES(1,'GjHlya3lNINDFCgCWfBKbw',1,26,'Our notes','https://example.org/a');
CREATE TABLE facilitator (
	id INTEGER NOT NULL, 
	email VARCHAR(254) NOT NULL, 
	password VARCHAR(200), 
	created_at DATETIME NOT NULL, 
	invitation VARCHAR(64), 
	invited_at DATETIME, 
	CONSTRAINT pk_facilitator PRIMARY KEY (id), 
	CONSTRAINT uq_facilitator_email UNIQUE (email)
);
CREATE TABLE idea (
	id INTEGER NOT NULL, 
	public_id VARCHAR(22) NOT NULL, 
	event_id INTEGER NOT NULL, 
	author VARCHAR(64), 
	title VARCHAR(320) NOT NULL, 
	label VARCHAR(96) NOT NULL, 
	details VARCHAR(2400) NOT NULL, 
	language VARCHAR(12) NOT NULL, 
	channel VARCHAR(12) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	is_late BOOLEAN NOT NULL, 
	note VARCHAR(400) NOT NULL, 
	kind_id INTEGER NOT NULL, 
	sector_id INTEGER, 
	community_id INTEGER, 
	reason_id INTEGER, 
	organization_id INTEGER, 
	merged_into_id INTEGER, 
	CONSTRAINT pk_idea PRIMARY KEY (id), 
	CONSTRAINT ck_idea_merged CHECK ((state = 'merged') = (merged_into_id is not null)), 
	CONSTRAINT ck_idea_channel CHECK (channel in ('phone', 'remote', 'scribe', 'paper', 'rehearsal')), 
	CONSTRAINT ck_idea_state CHECK (state in ('waiting', 'shown', 'hidden', 'merged', 'withdrawn')), 
	CONSTRAINT fk_idea_community_id_term FOREIGN KEY(community_id) REFERENCES term (id), 
	CONSTRAINT fk_idea_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT fk_idea_kind_id_term FOREIGN KEY(kind_id) REFERENCES term (id), 
	CONSTRAINT fk_idea_merged_into_id_idea FOREIGN KEY(merged_into_id) REFERENCES idea (id) ON DELETE SET NULL, 
	CONSTRAINT fk_idea_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id) ON DELETE SET NULL, 
	CONSTRAINT fk_idea_reason_id_term FOREIGN KEY(reason_id) REFERENCES term (id), 
	CONSTRAINT fk_idea_sector_id_term FOREIGN KEY(sector_id) REFERENCES term (id), 
	CONSTRAINT uq_idea_public_id UNIQUE (public_id)
);
INSERT INTO "idea" VALUES(1,'jm4CubgM6EOarXd6b2oQWg',1,'ddd54678ad61be825ba7c56f9b88e2b3da333922c48f0a164754c0e557c07c0b','Evening classes','Evening classes','','','phone','shown',0,'',17,10,NULL,NULL,NULL,NULL);
INSERT INTO "idea" VALUES(2,'wBXR6FF4B67HITG0wzzQoQ',1,'1d2eadfd1f1088805ed1a922210fdd87933260acd746cfbe9229b37c5caf1023','دروس مسائية','دروس مسائية','','','phone','shown',0,'',17,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "idea" VALUES(3,'kK6_2X0Xf3tsOHZJAHHKUw',1,'6880ca81a02da727a9f16ac4369d81bb363777a3e660233b9825ae23f8daf142','Une heure sans rendez-vous','Une heure sans…','','','phone','shown',0,'',19,NULL,NULL,NULL,1,NULL);
INSERT INTO "idea" VALUES(4,'sqvyvZZT32uUPZxLPrzNyA',1,'c23e114134312b9623ec08a37d5d849c11e41c1f790109d44490d3b21d3e78b5','A second text of the first','A second text of the…','','','phone','merged',0,'',17,NULL,NULL,NULL,NULL,1);
INSERT INTO "idea" VALUES(5,'U8-plsT9tzqIxBbmJ3xTTg',1,NULL,'Names a person','Names a person','','','phone','hidden',0,'',17,NULL,NULL,20,NULL,NULL);
CREATE TABLE log_entry (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	label VARCHAR(120) NOT NULL, 
	channel VARCHAR(12) NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	subject VARCHAR(40) NOT NULL, 
	data JSON NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_log_entry PRIMARY KEY (id), 
	CONSTRAINT fk_log_entry_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE
);
INSERT INTO "log_entry" VALUES(1,1,1,'2026-11-22 08:47:53.153368','host','Fay','console','event.made','','{"preset": "ircc-planning-day"}','92fb07d26c8eedd80dd349fe879bc796f3d3846534644b4fd78bb4af0a610c35');
INSERT INTO "log_entry" VALUES(2,1,2,'2026-11-22 08:47:53.153793','host','Fay','console','door.opened','','{}','cb2f973236096fd1de91c263ecca78c2a5368228af7676568584d25eb0d97a66');
INSERT INTO "log_entry" VALUES(3,1,3,'2026-11-22 08:47:53.167168','participant','','phone','participant.joined','','{}','badd59de46f80231644b3ae346089365c7fa12ee1fe855ef917f28a5c9aa5fc8');
INSERT INTO "log_entry" VALUES(4,1,4,'2026-11-22 08:47:53.171526','participant','','phone','participant.joined','','{}','dd6e2dfec1c85899794c13b411c6a746df467e02285636708aa246b1712b96d5');
INSERT INTO "log_entry" VALUES(5,1,5,'2026-11-22 08:47:53.174204','participant','','phone','participant.joined','','{}','7c66948d8420a12783a8f25c7c72dd2c7d6ad2f78793a12bc5f1455ee61ad356');
INSERT INTO "log_entry" VALUES(6,1,6,'2026-11-22 08:47:53.179674','participant','','phone','participant.joined','','{}','39c3b81ef769e05dd9d70a711ac402bb13657930024f2b20ea37128645f5c30f');
INSERT INTO "log_entry" VALUES(7,1,7,'2026-11-22 08:47:53.182363','participant','','phone','participant.joined','','{}','51e5c54b2c1518a6a07581a017f933ce656e503560a29aabedd4aab5706d9d07');
INSERT INTO "log_entry" VALUES(8,1,8,'2026-11-22 08:47:53.186667','participant','','phone','participant.joined','','{}','091062c2b98802fefa3fb9d208cd0726f99c2b959c7289dd20539be5d2a88072');
INSERT INTO "log_entry" VALUES(9,1,9,'2026-11-22 08:47:53.191207','host','Fay','console','activity.opened','','{"activity": "collect"}','db7d841e0da90bbe9741d1179b145180b1e591dd9b379b2c35acce18b558d971');
INSERT INTO "log_entry" VALUES(10,1,10,'2026-11-22 08:47:53.200924','participant','','phone','idea.submitted','jm4CubgM6EOarXd6b2oQWg','{"state": "shown"}','46fb45062868bc00c6d0384aab281825e432e899ed228494954b24c12e3cad1a');
INSERT INTO "log_entry" VALUES(11,1,11,'2026-11-22 08:47:53.210295','participant','','phone','idea.submitted','wBXR6FF4B67HITG0wzzQoQ','{"state": "shown"}','f9328cc4f957f5fae9bce79ca091711666adf2debed476ac62a919669af0af9e');
INSERT INTO "log_entry" VALUES(12,1,12,'2026-11-22 08:47:53.219425','participant','','phone','idea.submitted','kK6_2X0Xf3tsOHZJAHHKUw','{"state": "shown"}','97fe4c81de2308638b9626dba728e242629ffb9be8179cdabf32c00bc27cafe9');
INSERT INTO "log_entry" VALUES(13,1,13,'2026-11-22 08:47:53.225375','participant','','phone','idea.submitted','sqvyvZZT32uUPZxLPrzNyA','{"state": "shown"}','9cab628d7555fdf58ff2a20754fa75812feddff350698aef031330a2e3e5bd55');
INSERT INTO "log_entry" VALUES(14,1,14,'2026-11-22 08:47:53.230347','participant','','phone','idea.submitted','U8-plsT9tzqIxBbmJ3xTTg','{"state": "shown"}','cc7be0587fa580842b9080ace8e256b43f04bfd8829469a20548b6222f3afc39');
INSERT INTO "log_entry" VALUES(15,1,15,'2026-11-22 08:47:53.246046','host','Fay','console','idea.merged','sqvyvZZT32uUPZxLPrzNyA','{"before": "shown", "into": "jm4CubgM6EOarXd6b2oQWg"}','556783a34c345e29bad1af13766513732c7ddd6a6c07621666ce63a50ce9136e');
INSERT INTO "log_entry" VALUES(16,1,16,'2026-11-22 08:47:53.251205','host','Fay','console','idea.hidden','U8-plsT9tzqIxBbmJ3xTTg','{"before": "shown", "reason": "names-someone"}','4bcacd3af4fce868e6a1e01e5f9a2c99fa94d1c6a53b3551446204b4d2722dc5');
INSERT INTO "log_entry" VALUES(17,1,17,'2026-11-22 08:47:53.255412','host','Fay','console','activity.opened','','{"activity": "sort"}','17090e6dbca058fed799bafc986fe8ebfad8ce04821daf2879fd4b09eb771482');
INSERT INTO "log_entry" VALUES(18,1,18,'2026-11-22 08:47:53.272374','host','Fay','console','scoring.opened','','{"ideas": 3, "criteria": 3}','24be007fff00575e7436b98da4c008d67ed65a54295eb0266d551ac3a1ce7dfe');
INSERT INTO "log_entry" VALUES(19,1,19,'2026-11-22 08:47:53.274196','host','Fay','console','activity.opened','','{"activity": "score"}','15dc14554bed05f7fd0796d03a97843f759ac7e53871526b0227b143012fd6f0');
INSERT INTO "log_entry" VALUES(20,1,20,'2026-11-22 08:47:53.291722','host','Fay','console','scoring.closed','','{"closing_hash": "1d358f7de8d609e0d2ac657b6040170121b66af4a9a94dd2e361abcc892d0420"}','1d2f78c59057a18158be35c8930cea78f69460e8b2bcc2b0b6dcc1fc7601a30f');
INSERT INTO "log_entry" VALUES(21,1,21,'2026-11-22 08:47:53.292198','host','Fay','console','activity.opened','','{"activity": "reveal"}','833445c867609ac8149b6bee08c61ac92ed51cd10d2a482c5b524cc7239ddf3f');
INSERT INTO "log_entry" VALUES(22,1,22,'2026-11-22 08:47:53.295843','host','Fay','console','results.revealed','','{}','5f164f51bfb8084d57de75d73d85e93786e77eac80fea550cb07c4e6ec57fa21');
CREATE TABLE membership (
	event_id INTEGER NOT NULL, 
	facilitator_id INTEGER NOT NULL, 
	role VARCHAR(12) NOT NULL, 
	CONSTRAINT pk_membership PRIMARY KEY (event_id, facilitator_id), 
	CONSTRAINT fk_membership_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT fk_membership_facilitator_id_facilitator FOREIGN KEY(facilitator_id) REFERENCES facilitator (id) ON DELETE CASCADE
);
CREATE TABLE organization (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	folded VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_organization PRIMARY KEY (id), 
	CONSTRAINT fk_organization_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_organization_event_id_folded UNIQUE (event_id, folded)
);
INSERT INTO "organization" VALUES(1,1,'Elm Street Library','elm street library');
CREATE TABLE participant (
	id INTEGER NOT NULL, 
	public_id VARCHAR(22) NOT NULL, 
	event_id INTEGER NOT NULL, 
	organization_id INTEGER, 
	language VARCHAR(12) NOT NULL, 
	channel VARCHAR(12) NOT NULL, 
	reentry VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_participant PRIMARY KEY (id), 
	CONSTRAINT ck_participant_channel CHECK (channel in ('phone', 'remote', 'scribe', 'paper', 'rehearsal')), 
	CONSTRAINT fk_participant_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT fk_participant_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id) ON DELETE SET NULL, 
	CONSTRAINT uq_participant_public_id UNIQUE (public_id)
);
INSERT INTO "participant" VALUES(1,'ZGlTo1xRkBDmb_SY4HkDNg',1,1,'en','phone','c560fdb15969d5597b6890d9e06596c70b2600defe4971d72734826190a78cf0');
INSERT INTO "participant" VALUES(2,'P4vijzTavFIhzkdCkkGq9Q',1,1,'en','phone','3adcbfc582174694861aac5f5f3750ffe48f4c170a7a7d2366c3e8302b357752');
INSERT INTO "participant" VALUES(3,'mODtwCmsZgYU3OOOxv2aSQ',1,1,'en','phone','d7131f3871310799dc4b4b0f7e7d8e8294504b6357c92424e4ea35005a229db4');
INSERT INTO "participant" VALUES(4,'yl-bewN1MK5zNB3ffUJS6A',1,NULL,'en','phone','034c456a0b9667eae09b34c26bfb35db70923fb2fba97b99e587b184a5f6b640');
INSERT INTO "participant" VALUES(5,'8L49PzzXaO79KXOhDVZoRA',1,NULL,'en','phone','0385ca1373dcc9ca650a0e25d3e9c0cf006dde04c140c7f9a9d0cfc552737f52');
INSERT INTO "participant" VALUES(6,'lKVzuaX6qTMbaU_d8UU_GA',1,NULL,'en','phone','724bf0922c593228a2aefc9ca0096fb25cdd74f94c5ab65feb6ef264b5b89880');
CREATE TABLE recusal (
	ballot_id TEXT NOT NULL, 
	idea_id INTEGER NOT NULL, 
	why TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	is_recused INTEGER NOT NULL, 
	CONSTRAINT pk_recusal PRIMARY KEY (ballot_id, idea_id, why), 
	CONSTRAINT ck_recusal_why CHECK (why in ('stake', 'organization', 'author', 'host')), 
	CONSTRAINT ck_recusal_is_recused CHECK (is_recused in (0, 1)), 
	CONSTRAINT fk_recusal_ballot_id_ballot FOREIGN KEY(ballot_id) REFERENCES ballot (id) ON DELETE CASCADE, 
	CONSTRAINT fk_recusal_idea_id_idea FOREIGN KEY(idea_id) REFERENCES idea (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "recusal" VALUES('-0fD0ondhp7wOwmZ6e-PXg',3,'organization',0,1);
INSERT INTO "recusal" VALUES('04dDjTlm6UND168DfcuNMA',3,'author',0,1);
INSERT INTO "recusal" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',3,'organization',0,1);
INSERT INTO "recusal" VALUES('SNTmlgRdVPzfhrOmEoqYUA',3,'organization',0,1);
CREATE TABLE score (
	ballot_id TEXT NOT NULL, 
	idea_id INTEGER NOT NULL, 
	criterion_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	value REAL, 
	CONSTRAINT pk_score PRIMARY KEY (ballot_id, idea_id, criterion_id, round), 
	CONSTRAINT ck_score_value CHECK ((answer = 'number') = (value is not null)), 
	CONSTRAINT ck_score_answer CHECK (answer in ('number', 'dont_know', 'blank')), 
	CONSTRAINT ck_score_seq CHECK (seq > 0), 
	CONSTRAINT fk_score_ballot_id_ballot FOREIGN KEY(ballot_id) REFERENCES ballot (id) ON DELETE CASCADE, 
	CONSTRAINT fk_score_criterion_id_criterion FOREIGN KEY(criterion_id) REFERENCES criterion (id) ON DELETE CASCADE, 
	CONSTRAINT fk_score_idea_id_idea FOREIGN KEY(idea_id) REFERENCES idea (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',1,1,1,1,'number',2.0);
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',1,2,1,2,'dont_know',NULL);
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',1,3,1,3,'dont_know',NULL);
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',2,1,1,4,'number',1.0);
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',2,2,1,5,'blank',NULL);
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',2,3,1,6,'number',0.5);
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',3,1,1,7,'number',4.0);
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',3,2,1,8,'blank',NULL);
INSERT INTO "score" VALUES('-0fD0ondhp7wOwmZ6e-PXg',3,3,1,9,'number',0.0);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',1,1,1,1,'number',5.0);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',1,2,1,2,'blank',NULL);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',1,3,1,3,'dont_know',NULL);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',2,1,1,4,'number',1.0);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',2,2,1,5,'number',3.0);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',2,3,1,6,'number',0.0);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',3,1,1,7,'number',4.0);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',3,2,1,8,'number',2.0);
INSERT INTO "score" VALUES('04dDjTlm6UND168DfcuNMA',3,3,1,9,'number',0.5);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',1,1,1,1,'number',1.0);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',1,2,1,2,'number',2.0);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',1,3,1,3,'dont_know',NULL);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',2,1,1,4,'dont_know',NULL);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',2,2,1,5,'number',0.0);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',2,3,1,6,'number',0.5);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',3,1,1,7,'number',4.0);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',3,2,1,8,'number',1.0);
INSERT INTO "score" VALUES('LDIZ5HG1pwMuMNJTY_SNaw',3,3,1,9,'number',1.0);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',1,1,1,1,'number',2.0);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',1,2,1,2,'number',2.0);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',1,3,1,3,'number',0.5);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',2,1,1,4,'number',5.0);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',2,2,1,5,'number',0.0);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',2,3,1,6,'number',1.0);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',3,1,1,7,'number',2.0);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',3,2,1,8,'blank',NULL);
INSERT INTO "score" VALUES('PkQe6VW0kYSh_ByqH-7FoQ',3,3,1,9,'number',0.0);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',1,1,1,1,'number',5.0);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',1,2,1,2,'number',0.0);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',1,3,1,3,'number',0.0);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',2,1,1,4,'number',1.0);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',2,2,1,5,'number',1.0);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',2,3,1,6,'dont_know',NULL);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',3,1,1,7,'number',2.0);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',3,2,1,8,'number',1.0);
INSERT INTO "score" VALUES('SNTmlgRdVPzfhrOmEoqYUA',3,3,1,9,'number',0.0);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',1,1,1,1,'number',1.0);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',1,2,1,2,'number',1.0);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',1,3,1,3,'number',0.5);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',2,1,1,4,'number',5.0);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',2,2,1,5,'number',0.0);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',2,3,1,6,'number',0.0);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',3,1,1,7,'number',3.0);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',3,2,1,8,'dont_know',NULL);
INSERT INTO "score" VALUES('h_gYp--do4d2woU_ZBHX0w',3,3,1,9,'dont_know',NULL);
CREATE TABLE sign_in (
	id INTEGER NOT NULL, 
	facilitator_id INTEGER NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	began_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_sign_in PRIMARY KEY (id), 
	CONSTRAINT fk_sign_in_facilitator_id_facilitator FOREIGN KEY(facilitator_id) REFERENCES facilitator (id) ON DELETE CASCADE, 
	CONSTRAINT uq_sign_in_token UNIQUE (token)
);
CREATE TABLE term (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	list VARCHAR(12) NOT NULL, 
	"key" VARCHAR(60) NOT NULL, 
	position INTEGER NOT NULL, 
	label JSON NOT NULL, 
	hint JSON, 
	own_organization BOOLEAN NOT NULL, 
	CONSTRAINT pk_term PRIMARY KEY (id), 
	CONSTRAINT ck_term_list CHECK (list in ('group', 'community', 'sector', 'kind', 'evidence', 'reason')), 
	CONSTRAINT fk_term_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_term_event_id_list_key UNIQUE (event_id, list, "key")
);
INSERT INTO "term" VALUES(1,1,'group','settlement-agency',0,'{"en": "Settlement agency staff", "fr": "Personnel d\u2019un organisme d\u2019\u00e9tablissement", "ar": "\u0627\u0644\u0639\u0627\u0645\u0644\u0648\u0646 \u0641\u064a \u0645\u0646\u0638\u0645\u0627\u062a \u0627\u0644\u0627\u0633\u062a\u0642\u0631\u0627\u0631"}','null',0);
INSERT INTO "term" VALUES(2,1,'group','language-provider',1,'{"en": "Language training provider", "fr": "Prestataire de cours de langue", "ar": "\u062c\u0647\u0629 \u0644\u062a\u0639\u0644\u064a\u0645 \u0627\u0644\u0644\u063a\u0629"}','null',0);
INSERT INTO "term" VALUES(3,1,'group','employment-service',2,'{"en": "Employment service", "fr": "Service d\u2019emploi", "ar": "\u062e\u062f\u0645\u0627\u062a \u0627\u0644\u062a\u0648\u0638\u064a\u0641"}','null',0);
INSERT INTO "term" VALUES(4,1,'group','health-social',3,'{"en": "Health or social service", "fr": "Service de sant\u00e9 ou service social", "ar": "\u062e\u062f\u0645\u0629 \u0635\u062d\u064a\u0629 \u0623\u0648 \u0627\u062c\u062a\u0645\u0627\u0639\u064a\u0629"}','null',0);
INSERT INTO "term" VALUES(5,1,'group','municipality-lip',4,'{"en": "Municipality or Local Immigration Partnership", "fr": "Municipalit\u00e9 ou partenariat local en immigration", "ar": "\u0628\u0644\u062f\u064a\u0629 \u0623\u0648 \u0634\u0631\u0627\u0643\u0629 \u0645\u062d\u0644\u064a\u0629 \u0644\u0644\u0647\u062c\u0631\u0629"}','null',0);
INSERT INTO "term" VALUES(6,1,'group','other',5,'{"en": "Other", "fr": "Autre", "ar": "\u063a\u064a\u0631 \u0630\u0644\u0643"}','null',0);
INSERT INTO "term" VALUES(7,1,'community','windsor-essex',0,'{"en": "Windsor-Essex", "fr": "Windsor-Essex", "ar": "\u0648\u0646\u062f\u0633\u0648\u0631-\u0625\u0633\u064a\u0643\u0633"}','null',0);
INSERT INTO "term" VALUES(8,1,'community','chatham-kent',1,'{"en": "Chatham-Kent", "fr": "Chatham-Kent", "ar": "\u062a\u0634\u0627\u062a\u0627\u0645-\u0643\u0646\u062a"}','null',0);
INSERT INTO "term" VALUES(9,1,'sector','employment',0,'{"en": "Employment", "fr": "Emploi", "ar": "\u0627\u0644\u0639\u0645\u0644"}','null',0);
INSERT INTO "term" VALUES(10,1,'sector','language',1,'{"en": "Language training", "fr": "Formation linguistique", "ar": "\u062a\u0639\u0644\u064a\u0645 \u0627\u0644\u0644\u063a\u0629"}','null',0);
INSERT INTO "term" VALUES(11,1,'sector','settlement',2,'{"en": "Settlement services", "fr": "Services d\u2019\u00e9tablissement", "ar": "\u062e\u062f\u0645\u0627\u062a \u0627\u0644\u0627\u0633\u062a\u0642\u0631\u0627\u0631"}','null',0);
INSERT INTO "term" VALUES(12,1,'sector','health',3,'{"en": "Health and well-being", "fr": "Sant\u00e9 et mieux-\u00eatre", "ar": "\u0627\u0644\u0635\u062d\u0629 \u0648\u0627\u0644\u0639\u0627\u0641\u064a\u0629"}','null',0);
INSERT INTO "term" VALUES(13,1,'sector','housing',4,'{"en": "Housing", "fr": "Logement", "ar": "\u0627\u0644\u0633\u0643\u0646"}','null',0);
INSERT INTO "term" VALUES(14,1,'sector','education',5,'{"en": "Education and youth", "fr": "\u00c9ducation et jeunesse", "ar": "\u0627\u0644\u062a\u0639\u0644\u064a\u0645 \u0648\u0627\u0644\u0634\u0628\u0627\u0628"}','null',0);
INSERT INTO "term" VALUES(15,1,'sector','access',6,'{"en": "Transport and child care", "fr": "Transport et garde d\u2019enfants", "ar": "\u0627\u0644\u0646\u0642\u0644 \u0648\u0631\u0639\u0627\u064a\u0629 \u0627\u0644\u0623\u0637\u0641\u0627\u0644"}','null',0);
INSERT INTO "term" VALUES(16,1,'sector','welcoming-community',7,'{"en": "Welcoming community", "fr": "Collectivit\u00e9 accueillante", "ar": "\u0645\u062c\u062a\u0645\u0639 \u0645\u0631\u062d\u0650\u0651\u0628"}','null',0);
INSERT INTO "term" VALUES(17,1,'kind','gap',0,'{"en": "Gap", "fr": "Lacune", "ar": "\u0641\u062c\u0648\u0629"}','{"en": "A service people need that is missing or does not reach them.", "fr": "Un service dont on a besoin, mais qui n\u2019existe pas ou n\u2019est pas \u00e0 la port\u00e9e des gens.", "ar": "\u062e\u062f\u0645\u0629 \u064a\u062d\u062a\u0627\u062c \u0625\u0644\u064a\u0647\u0627 \u0627\u0644\u0646\u0627\u0633 \u0644\u0643\u0646\u0647\u0627 \u063a\u064a\u0631 \u0645\u0648\u062c\u0648\u062f\u0629 \u0623\u0648 \u0644\u0627 \u062a\u0635\u0644 \u0625\u0644\u064a\u0647\u0645."}',0);
INSERT INTO "term" VALUES(18,1,'kind','issue',1,'{"en": "Issue", "fr": "Enjeu", "ar": "\u0645\u0634\u0643\u0644\u0629"}','{"en": "Something that makes an existing service hard to use or hard to deliver.", "fr": "Ce qui rend un service existant difficile \u00e0 utiliser ou \u00e0 offrir.", "ar": "\u0623\u0645\u0631 \u064a\u062c\u0639\u0644 \u062e\u062f\u0645\u0629 \u0642\u0627\u0626\u0645\u0629 \u0635\u0639\u0628\u0629 \u0627\u0644\u0627\u0633\u062a\u062e\u062f\u0627\u0645 \u0623\u0648 \u0635\u0639\u0628\u0629 \u0627\u0644\u062a\u0642\u062f\u064a\u0645."}',0);
INSERT INTO "term" VALUES(19,1,'kind','opportunity',2,'{"en": "Opportunity", "fr": "Occasion", "ar": "\u0641\u0631\u0635\u0629"}','{"en": "Something we could start, share or change to serve people better.", "fr": "Ce que nous pourrions lancer, partager ou changer pour mieux servir les gens.", "ar": "\u0634\u064a\u0621 \u064a\u0645\u0643\u0646\u0646\u0627 \u0623\u0646 \u0646\u0628\u062f\u0623\u0647 \u0623\u0648 \u0646\u062a\u0634\u0627\u0631\u0643\u0647 \u0623\u0648 \u0646\u063a\u064a\u0651\u0631\u0647 \u0644\u0646\u062e\u062f\u0645 \u0627\u0644\u0646\u0627\u0633 \u062e\u062f\u0645\u0629 \u0623\u0641\u0636\u0644."}',1);
INSERT INTO "term" VALUES(20,1,'reason','names-someone',0,'{"en": "Names a person or a client", "fr": "Nomme une personne ou un client", "ar": "\u062a\u0630\u0643\u0631 \u0634\u062e\u0635\u0627\u064b \u0623\u0648 \u0645\u0633\u062a\u0641\u064a\u062f\u0627\u064b \u0628\u0627\u0644\u0627\u0633\u0645"}','null',0);
INSERT INTO "term" VALUES(21,1,'reason','same-as-another',1,'{"en": "Same as another idea", "fr": "Identique \u00e0 une autre id\u00e9e", "ar": "\u0645\u0637\u0627\u0628\u0642\u0629 \u0644\u0641\u0643\u0631\u0629 \u0623\u062e\u0631\u0649"}','null',0);
INSERT INTO "term" VALUES(22,1,'reason','not-about-services',2,'{"en": "Not about services", "fr": "Ne porte pas sur les services", "ar": "\u0644\u0627 \u062a\u062a\u0639\u0644\u0642 \u0628\u0627\u0644\u062e\u062f\u0645\u0627\u062a"}','null',0);
INSERT INTO "term" VALUES(23,1,'reason','hurtful',3,'{"en": "Could hurt somebody", "fr": "Pourrait blesser quelqu\u2019un", "ar": "\u0642\u062f \u062a\u062c\u0631\u062d \u0623\u062d\u062f\u0627\u064b"}','null',0);
INSERT INTO "term" VALUES(24,1,'reason','other',4,'{"en": "Another reason", "fr": "Autre raison", "ar": "\u0633\u0628\u0628 \u0622\u062e\u0631"}','null',0);
INSERT INTO "term" VALUES(25,1,'evidence','statistic',0,'{"en": "Statistic", "fr": "Statistique", "ar": "\u0625\u062d\u0635\u0627\u0626\u064a\u0629"}','{"en": "A figure, and where it comes from.", "fr": "Un chiffre, et d\u2019o\u00f9 il vient.", "ar": "\u0631\u0642\u0645\u060c \u0645\u0639 \u0630\u0643\u0631 \u0645\u0635\u062f\u0631\u0647."}',0);
INSERT INTO "term" VALUES(26,1,'evidence','report',1,'{"en": "Report", "fr": "Rapport", "ar": "\u062a\u0642\u0631\u064a\u0631"}','{"en": "A study, plan or report that says so; a link helps.", "fr": "Une \u00e9tude, un plan ou un rapport qui le dit; un lien est utile.", "ar": "\u062f\u0631\u0627\u0633\u0629 \u0623\u0648 \u062e\u0637\u0629 \u0623\u0648 \u062a\u0642\u0631\u064a\u0631 \u064a\u0642\u0648\u0644 \u0630\u0644\u0643\u061b \u0648\u0627\u0644\u0631\u0627\u0628\u0637 \u0645\u0641\u064a\u062f."}',0);
INSERT INTO "term" VALUES(27,1,'evidence','waiting-list',2,'{"en": "Waiting list", "fr": "Liste d\u2019attente", "ar": "\u0642\u0627\u0626\u0645\u0629 \u0627\u0646\u062a\u0638\u0627\u0631"}','{"en": "How long people wait, or how many wait.", "fr": "Combien de temps les gens attendent, ou combien attendent.", "ar": "\u0643\u0645 \u064a\u0646\u062a\u0638\u0631 \u0627\u0644\u0646\u0627\u0633\u060c \u0623\u0648 \u0643\u0645 \u0639\u062f\u062f \u0627\u0644\u0645\u0646\u062a\u0638\u0631\u064a\u0646."}',0);
INSERT INTO "term" VALUES(28,1,'evidence','client-experience',3,'{"en": "Client experience", "fr": "Exp\u00e9rience v\u00e9cue", "ar": "\u062a\u062c\u0631\u0628\u0629 \u0645\u0633\u062a\u0641\u064a\u062f"}','{"en": "What somebody lived through, told so that nobody can be recognized.", "fr": "Ce qu\u2019une personne a v\u00e9cu, racont\u00e9 sans qu\u2019on puisse la reconna\u00eetre.", "ar": "\u0645\u0627 \u0639\u0627\u0634\u0647 \u0623\u062d\u062f \u0627\u0644\u0623\u0634\u062e\u0627\u0635\u060c \u0645\u0631\u0648\u064a\u0651\u0627\u064b \u0628\u062d\u064a\u062b \u0644\u0627 \u064a\u0645\u0643\u0646 \u0627\u0644\u062a\u0639\u0631\u0641 \u0625\u0644\u0649 \u0635\u0627\u062d\u0628\u0647."}',0);
INSERT INTO "term" VALUES(29,1,'evidence','staff-observation',4,'{"en": "Staff observation", "fr": "Observation du personnel", "ar": "\u0645\u0644\u0627\u062d\u0638\u0629 \u0627\u0644\u0639\u0627\u0645\u0644\u064a\u0646"}','{"en": "What you and your colleagues see at work, week after week.", "fr": "Ce que vous et vos coll\u00e8gues constatez au travail, semaine apr\u00e8s semaine.", "ar": "\u0645\u0627 \u062a\u0644\u0627\u062d\u0638\u0648\u0646\u0647 \u0623\u0646\u062a\u0645 \u0648\u0632\u0645\u0644\u0627\u0624\u0643\u0645 \u0641\u064a \u0627\u0644\u0639\u0645\u0644 \u0623\u0633\u0628\u0648\u0639\u0627\u064b \u0628\u0639\u062f \u0623\u0633\u0628\u0648\u0639."}',0);
CREATE INDEX ix_facilitator_invitation ON facilitator (invitation);
CREATE INDEX ix_capability_event_id ON capability (event_id);
CREATE INDEX ix_criterion_event_id ON criterion (event_id);
CREATE UNIQUE INDEX ix_log_entry_event_number ON log_entry (event_id, number);
CREATE INDEX ix_sign_in_facilitator_id ON sign_in (facilitator_id);
CREATE INDEX ix_term_event_id ON term (event_id);
CREATE INDEX ix_ballot_event_id ON ballot (event_id);
CREATE INDEX ix_idea_author ON idea (author);
CREATE INDEX ix_idea_event_id ON idea (event_id);
CREATE INDEX ix_idea_merged_into_id ON idea (merged_into_id);
CREATE INDEX ix_participant_event_id ON participant (event_id);
CREATE INDEX ix_participant_reentry ON participant (reentry);
CREATE INDEX ix_evidence_idea_id ON evidence (idea_id);
CREATE INDEX ix_score_idea_id ON score (idea_id);
COMMIT;
