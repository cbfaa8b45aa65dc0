"""Invented people, and how somebody else may write or type their names.

Nobody of these exists. The crowd makes it hard: similar names around the one that is meant.
"""

# (the name in the file, what is typed into the search)
VARIANTS = (
    # From Arabic letters, in English, French and German habits
    ("Al-Hamdani, Mohammed", "Muhammad Alhamdani"),
    ("Al-Hamdani, Mohammed", "Mohamad Hamdani"),
    ("Al-Hamdani, Mohammed", "محمد الحمداني"),
    ("Al-Hamdani, Mohammed", "mohamed el hamdany"),
    ("Barakzoy, Khaled", "Chalid Barakzoy"),
    ("Barakzoy, Khaled", "خالد بركزوي"),
    ("Barakzoy, Khaled", "Halid Baraksoi"),
    ("Qasemlou, Yusuf", "Joussef Kasemlu"),
    ("Qasemlou, Yusuf", "يوسف قاسملو"),
    ("Qasemlou, Yusuf", "Youssouf Ghasemlou"),
    ("Abdul Rahman Testani", "Abdurrahman Testani"),
    ("Abdul Rahman Testani", "عبد الرحمن"),
    ("Abdul Rahman Testani", "Testani Abdelrahman"),
    ("Abdullah Nurzeyd", "Abdallah Noorzaid"),
    ("Aïcha Ben Dahmouni", "Aisha Dahmuni"),
    ("Aïcha Ben Dahmouni", "عائشة دحموني"),
    ("Fatimah Zuhrawi", "Fatima Suhrawi"),
    ("Fatimah Zuhrawi", "فاطمة زهراوي"),
    ("Khadija Oulmansour", "Chadidscha Ulmansur"),
    ("Hussein Tabrizmand", "Hüseyin Tabrismand"),
    ("Hussein Tabrizmand", "Hossain Tabrizmand"),
    ("Jamal Farwandi", "Dschamal Farwandi"),
    ("Jamal Farwandi", "Cemal Farvandi"),
    ("Zaynab Sulimankhil", "Zeinab Suleimankhel"),
    ("زينب سرورزاد", "Zainab Sarwarzad"),
    ("زينب سرورزاد", "Seynab Sarwarsad"),
    ("Ayoub Karimpur", "Ayyub Karimpour"),
    ("Leila Daoudzai", "Layla Dawoodzai"),
    # From Cyrillic letters
    ("Олена Шевчукенко", "Olena Schewtschukenko"),
    ("Олена Шевчукенко", "Shevchukenko"),
    ("Yevhen Tsvitkovskyi", "Євген Цвітковський"),
    ("Yevhen Tsvitkovskyi", "Jewhen Zwitkowskyj"),
    ("Halyna Zhurawel", "Галина Журавель"),
    ("Halyna Zhurawel", "Galina Schurawel"),
    ("Юлія Щербакова", "Julia Schtscherbakowa"),
    ("Юлія Щербакова", "Yuliia Shcherbakova"),
    ("Magomedow, Akhmed", "Ахмед Магомедов"),
    ("Magomedow, Akhmed", "Achmed Magomedov"),
    ("Oleksandr Hryhorenkov", "Александр Григоренков"),
    ("Oleksandr Hryhorenkov", "Alexandr Hrihorenkow"),
    # Turkish and Kurdish, umlauts and other signs
    ("Çağlar Yıldızhan", "Caglar Yildizhan"),
    ("Müller-Beispiel, Jörg", "Mueller Joerg"),
    ("Müller-Beispiel, Jörg", "Jorg Muller Beispiel"),
    ("Şêrîn Çelikoğlu", "Sherin Celikoglu"),
    ("Rojîn Xelîlpur", "Rojin Xelilpur"),
    ("Đorđe Musterović", "Djordje Musterovic"),
    # East African names
    ("Tesfalem Gebremusie", "Tesfalem Ghebremusie"),
    ("Tesfalem Gebremusie", "Gebre Musie Tesfalem"),
    ("ዮሃንስ ኃይለሙሴ", "Yohannes Hailemuse"),
    ("Abdirahman Xasanow Cige", "Abdirahman Xasanow"),
    # Order, one name alone, as much as has been typed
    ("Ngozi Okonbeispiel", "Okonbeispiel, Ngozi"),
    ("Ngozi Okonbeispiel", "Okonb"),
    ("Ngozi Okonbeispiel", "ngoz"),
    ("Abu Bakr Sowetest", "Aboubacar Sowetest"),
    # Slips of the keyboard
    ("Al-Hamdani, Mohammed", "Mohanmed Hamdani"),
    ("Ngozi Okonbeispiel", "Okonbiespiel"),
    ("Tesfalem Gebremusie", "Tesfelam Gebremusi"),
    ("Oleksandr Hryhorenkov", "Oleksnadr Hryhorenkov"),
    ("Müller-Beispiel, Jörg", "Jögr Müller"),
    ("Jamal Farwandi", "Jamal Farwnadi"),
    ("Fatimah Zuhrawi", "Fatmiah Zuhrwai"),
    ("Barakzoy, Khaled", "Kahled Barakzoy"),
    ("Hussein Tabrizmand", "Hussien Tabrizmadn"),
)

FIRST_NAMES = """
    Mohammad Ahmad Khalil Yasin Abdulkarim Aliya Fatma Khadra Hassan Jamila Zahra Ayman Lina Olga
    Yehor Halka Yulia Ahmet Oleksii Caner Jutta Sherko Rojda Dragan Tesfay Yonas Abdi Ngina Abubakar
""".split()
FAMILY_NAMES = """
    Alhamid Barakat Qasimi Testaro Noori Dahman Sohrabi Mansour Tabrizi Farahmand
""".split()
# Everybody with everybody's family name
CROWD = tuple(f"{first} {family}" for first in FIRST_NAMES for family in FAMILY_NAMES)
