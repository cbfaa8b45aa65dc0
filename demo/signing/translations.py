# ruff: noqa: E501 - a goal or step and its translation stand in one line
"""What workers of the demo have typed beside their German goals and steps, by language.

Not everything: where nothing is typed, the sheet says that it has to be interpreted.
"""

TRANSLATIONS = {
    "uk": {
        "Deutsch auf dem Niveau B1 sprechen und die Prüfung bestehen": "Говорити німецькою на рівні B1 і скласти іспит",
        "Anmeldung bei der Koordinierungsstelle für Sprachkurse": "Записатися в координаційному центрі мовних курсів",
        "Einstufungstest machen": "Скласти тест на визначення рівня",
        "Integrationskurs regelmäßig besuchen": "Регулярно відвідувати інтеграційний курс",
        "Zur Prüfung anmelden": "Записатися на іспит",
        "Sich im Alltag auf Deutsch verständigen können": "Порозумітися німецькою в повсякденному житті",
        "Zweimal im Monat ins Sprachcafé gehen": "Двічі на місяць ходити до мовного кафе",
        "Eine eigene Wohnung finden": "Знайти власну квартиру",
        "Wohnberechtigungsschein beantragen": "Подати заяву на довідку про право на соціальне житло",
        "Eine sozialversicherungspflichtige Arbeit finden": "Знайти роботу із соціальним страхуванням",
        "Jede Woche zwei Bewerbungen schreiben": "Щотижня писати дві заявки на роботу",
    },
    "ar": {
        "Deutsch auf dem Niveau B1 sprechen und die Prüfung bestehen": "التحدث بالألمانية بمستوى B1 واجتياز الامتحان",
        "Anmeldung bei der Koordinierungsstelle für Sprachkurse": "التسجيل لدى مكتب تنسيق دورات اللغة",
        "Einstufungstest machen": "إجراء اختبار تحديد المستوى",
        "Integrationskurs regelmäßig besuchen": "حضور دورة الاندماج بانتظام",
        "Sich im Alltag auf Deutsch verständigen können": "التفاهم بالألمانية في الحياة اليومية",
        "Eine eigene Wohnung finden": "العثور على سكن خاص",
        "Wohnberechtigungsschein beantragen": "تقديم طلب شهادة السكن المدعوم",
        "Suchaufträge in zwei Portalen einrichten": "إنشاء تنبيهات بحث في موقعين",
        "Eine sozialversicherungspflichtige Arbeit finden": "العثور على عمل خاضع للتأمين الاجتماعي",
        "Termin bei der Arbeitsvermittlung vereinbaren": "تحديد موعد لدى مكتب التوظيف",
    },
    "ti": {
        "Deutsch auf dem Niveau B1 sprechen und die Prüfung bestehen": "ጀርመንኛ ብደረጃ B1 ምዝራብን ፈተና ምሕላፍን",
        "Einstufungstest machen": "ናይ ደረጃ ፈተና ምውሳድ",
        "Integrationskurs regelmäßig besuchen": "ኮርስ ውህደት ብስሩዕ ምክትታል",
        "Eine eigene Wohnung finden": "ናይ ገዛእ ርእስኻ ገዛ ምርካብ",
        "Eine sozialversicherungspflichtige Arbeit finden": "ማሕበራዊ መድሕን ዘለዎ ስራሕ ምርካብ",
    },
    "prs": {
        "Deutsch auf dem Niveau B1 sprechen und die Prüfung bestehen": "صحبت کردن آلمانی به سطح B1 و کامیاب شدن در امتحان",
        "Integrationskurs regelmäßig besuchen": "اشتراک منظم در کورس ادغام",
        "Sich im Alltag auf Deutsch verständigen können": "توانایی گپ زدن آلمانی در زندگی روزمره",
        "Eine eigene Wohnung finden": "پیدا کردن خانهٔ شخصی",
        "Wohnberechtigungsschein beantragen": "درخواست تصدیق حق خانهٔ ارزان",
    },
    "tr": {
        "Deutsch auf dem Niveau B1 sprechen und die Prüfung bestehen": "B1 düzeyinde Almanca konuşmak ve sınavı geçmek",
        "Einstufungstest machen": "Seviye tespit sınavına girmek",
        "Integrationskurs regelmäßig besuchen": "Uyum kursuna düzenli gitmek",
        "Eine eigene Wohnung finden": "Kendi evini bulmak",
        "Eine sozialversicherungspflichtige Arbeit finden": "Sigortalı bir iş bulmak",
    },
}
